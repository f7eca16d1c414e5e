using Club.Access;
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
    string JoinedFrom, string? Address) : IOfMember;

/// <param name="SmsAt">When the member said so; null: never asked.</param>
/// <param name="SmsSource">Where: <c>website</c>, <c>reply</c>, …</param>
public sealed record ConsentsView(bool Sms, DateTimeOffset? SmsAt, string? SmsSource, bool Calls)
{
    public static ConsentsView Of(Consents consents) => new(consents.Sms ?? false, consents.LastSms?.At, consents.LastSms?.Source,
        consents.MayCall);
}

public sealed record AccountView(IReadOnlyList<WalletView> Wallets, TierView Tier);

public sealed record WalletView(WalletCode Wallet, Points Available, Points Pending, Points Held, LapseView? ExpiringNext);

/// <param name="On">The first date on which the points no longer count.</param>
public sealed record LapseView(Points Points, DateOnly On);

/// <param name="Progress">From the tier that is earned, when another was granted.</param>
/// <param name="Grant">What staff gave; null when nothing is in force.</param>
public sealed record TierView(string Code, string Name, DateOnly Since, DateOnly? ValidUntil, DateOnly? GraceUntil,
    IReadOnlyList<TierProgress> Progress, GrantView? Grant);

/// <summary>Which entries are asked for by a member's id.</summary>
public enum EntryChain
{
    /// <summary>The chain of that very id, also when she was made one with another since, or was forgotten: what statements and proofs lead
    /// to.</summary>
    Own,
}

/// <summary>Builds what staff calls show.</summary>
public sealed class MemberViews(Membership membership, MemberLedger ledger, ProgrammeLibrary library, IClubStore store)
{
    public async Task<MemberView?> Member(MemberId memberId, Caller caller, CancellationToken cancellation) =>
        await membership.See(memberId, caller, cancellation) is { } seen ? await View(seen, cancellation) : null;

    public async Task<MemberView> View(Seen seen, CancellationToken cancellation)
    {
        var (profile, isMasked) = seen;
        var tier = (await ledger.Now(profile.MemberId, cancellation)).Tier.Code;
        var phone = profile.Phone is { } number ? PhoneNumber.Parse(number).Value.Masked : null;
        return new MemberView(
            profile.MemberId, profile.CardNumber, Profile.StatusWord(profile.Status), isMasked ? Masks.Name(profile.Name) : profile.Name,
            phone, isMasked ? null : profile.Birthday, isMasked ? null : profile.City, profile.DealerId, isMasked ? [] : profile.Hobbies,
            isMasked ? [.. profile.Vehicles.Select(Masked)] : profile.Vehicles, ConsentsView.Of(profile.Consents), tier, profile.JoinedAt,
            profile.JoinedFrom, isMasked ? null : profile.Address);
    }

    private static Vehicle Masked(Vehicle vehicle) =>
        vehicle with { Vin = Masks.Vin(vehicle.Vin), Plate = Masks.Plate(vehicle.Plate), PurchasedOn = null };

    public async Task<AccountView?> Account(MemberId memberId, Caller caller, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return null;
        var rules = await library.Now(cancellation);
        var account = await ledger.Now(profile.MemberId, rules, cancellation);
        var (programme, today) = (rules.Current, rules.Today);
        var tier = account.Tier;
        return new AccountView(
            [.. programme.Wallets.Select(wallet => Wallet(account, wallet.Code, today))],
            new TierView(tier.Code, programme.FindTier(tier.Code)?.Name ?? tier.Code, tier.Since, tier.ValidUntil, tier.GraceUntil,
                TierRules.Progress(programme, account.EarnedTier, account.Activity, today), GrantView.Of(account.Grant)));
    }

    private static WalletView Wallet(Account account, WalletCode code, DateOnly today)
    {
        var wallet = account.Wallet(code);
        var next = wallet.Lots.Where(lot => lot.Remaining.IsPositive && !lot.HasLapsed(today)).Min(lot => lot.LapsesOn);
        return new WalletView(code, account.Available(code, today), wallet.Pending(today), account.Held(code),
            next is { } on ? new LapseView(wallet.Lots.Where(lot => lot.LapsesOn == on).Sum(lot => lot.Remaining), on) : null);
    }

    /// <summary>A member's entries, newest first.</summary>
    /// <param name="before">Only entries with a lower sequence number.</param>
    /// <param name="chain">Null: whoever she is now.</param>
    public async Task<(IReadOnlyList<Entry> Items, long? Before)?> Entries(MemberId memberId, EntryChain? chain, Caller caller, int limit,
        long? before, CancellationToken cancellation)
    {
        var seen = (await membership.See(memberId, caller, cancellation))?.Profile.MemberId;
        // What is left of a chain names nobody; whose it was is known to no dealer any more.
        var own = chain is null || seen == memberId ? seen : caller.IsScoped ? null : memberId;
        if (own is not { } holder) return null;
        var newest = chain is null ? (await ledger.Load(holder, cancellation)).Sequence
            : (await store.Read<Account>(holder, Ledger.Account.Id, cancellation))?.Value.Sequence;
        if (newest is null && seen is null) return null;
        var to = before is { } sequence ? sequence - 1 : newest ?? 0;
        if (to < 1) return ([], null);
        var from = Math.Max(1, to - limit + 1);
        var query = new IndexQuery(
            Entry.SequenceIndex, Entry.SequenceKey(holder, from), Entry.SequenceKey(holder, to), Partition: holder, Limit: limit);
        var entries = new List<Entry>();
        await foreach (var document in store.FindAll(query, cancellation)) entries.Add(document.As<Entry>());
        return ([.. entries.OrderByDescending(entry => entry.Sequence)], from > 1 ? from : null);
    }
}
