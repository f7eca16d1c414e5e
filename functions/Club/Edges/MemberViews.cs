using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Club.Tiers;

namespace Club.Edges;

/// <summary>A member as staff see it; the phone is masked.</summary>
public sealed record MemberView(
    MemberId MemberId, string CardNumber, string Status, string? Name, string? Phone, DateOnly? Birthday, string? City, DealerId? DealerId,
    IReadOnlyList<string> Hobbies, IReadOnlyList<Vehicle> Vehicles, ConsentsView Consents, TierCode Tier, DateTimeOffset JoinedAt,
    string JoinedFrom);

/// <param name="SmsAt">When the member said so; null: never asked.</param>
/// <param name="SmsSource">Where: <c>website</c>, <c>reply</c>, …</param>
public sealed record ConsentsView(bool Sms, DateTimeOffset? SmsAt, string? SmsSource)
{
    public static ConsentsView Of(Consents consents) => new(consents.Sms ?? false, consents.LastSms?.At, consents.LastSms?.Source);
}

public sealed record AccountView(IReadOnlyList<WalletView> Wallets, TierView Tier);

public sealed record WalletView(WalletCode Wallet, Points Available, Points Pending, Points Held, LapseView? ExpiringNext);

/// <param name="On">The first date on which the points no longer count.</param>
public sealed record LapseView(Points Points, DateOnly On);

/// <param name="Progress">From the tier that is earned, when another was granted.</param>
/// <param name="Grant">What staff gave; null when nothing is in force.</param>
public sealed record TierView(string Code, string Name, DateOnly Since, DateOnly? ValidUntil, DateOnly? GraceUntil,
    IReadOnlyList<TierProgress> Progress, GrantView? Grant);

/// <summary>Builds what staff calls show.</summary>
public sealed class MemberViews(Membership membership, MemberLedger ledger, ProgrammeLibrary library, IClubStore store)
{
    public async Task<MemberView?> Member(MemberId memberId, CancellationToken cancellation) =>
        await membership.Find(memberId, cancellation) is { } profile ? await View(profile, cancellation) : null;

    public async Task<MemberView> View(Profile profile, CancellationToken cancellation) => new(
        profile.MemberId, profile.CardNumber, Profile.StatusWord(profile.Status), profile.Name,
        profile.Phone is { } phone ? PhoneNumber.Parse(phone).Value.Masked : null,
        profile.Birthday, profile.City, profile.DealerId, profile.Hobbies, profile.Vehicles, ConsentsView.Of(profile.Consents),
        (await ledger.Now(profile.MemberId, cancellation)).Tier.Code, profile.JoinedAt, profile.JoinedFrom);

    public async Task<AccountView?> Account(MemberId memberId, CancellationToken cancellation)
    {
        if (await membership.Find(memberId, cancellation) is not { } profile) return null;
        var rules = await library.Now(cancellation);
        var account = await ledger.Now(profile.MemberId, rules, cancellation);
        var (programme, today) = (rules.Current, rules.Today);
        var tier = account.Tier;
        return new AccountView(
            [.. programme.Wallets.Select(wallet => Wallet(account.Wallet(wallet.Code), today))],
            new TierView(tier.Code, programme.FindTier(tier.Code)?.Name ?? tier.Code, tier.Since, tier.ValidUntil, tier.GraceUntil,
                TierRules.Progress(programme, account.EarnedTier, account.Activity, today), GrantView.Of(account.Grant)));
    }

    private static WalletView Wallet(WalletState wallet, DateOnly today)
    {
        var next = wallet.Lots.Where(lot => lot.Remaining.IsPositive && !lot.HasLapsed(today)).Min(lot => lot.LapsesOn);
        return new WalletView(wallet.Code, wallet.Available(today), wallet.Pending(today), Points.Zero,
            next is { } on ? new LapseView(wallet.Lots.Where(lot => lot.LapsesOn == on).Sum(lot => lot.Remaining), on) : null);
    }

    /// <summary>A member's entries, newest first.</summary>
    /// <param name="before">Only entries with a lower sequence number.</param>
    public async Task<(IReadOnlyList<Entry> Items, long? Before)?> Entries(MemberId memberId, int limit, long? before,
        CancellationToken cancellation)
    {
        if (await membership.Find(memberId, cancellation) is not { } profile) return null;
        var to = before is { } sequence ? sequence - 1 : (await ledger.Load(profile.MemberId, cancellation)).Sequence;
        if (to < 1) return ([], null);
        var from = Math.Max(1, to - limit + 1);
        var query = new IndexQuery(
            Entry.SequenceIndex, Entry.SequenceKey(profile.MemberId, from), Entry.SequenceKey(profile.MemberId, to),
            Partition: profile.MemberId, Limit: limit);
        var entries = new List<Entry>();
        await foreach (var document in store.FindAll(query, cancellation)) entries.Add(document.As<Entry>());
        return ([.. entries.OrderByDescending(entry => entry.Sequence)], from > 1 ? from : null);
    }
}
