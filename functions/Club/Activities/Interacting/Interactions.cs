using Club.Access;
using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Club.Tiers;
using Club.Transactions;

namespace Club.Activities;

/// <summary>Books what members do with the club 互动: signing in, liking, sharing, commenting. What it earns, how much of it in a day, and
/// whether in coins, medals or reputation, the rule book says.</summary>
public sealed class Interactions(Membership membership, OwnTransactions transactions, MemberLedger ledger, ProgrammeLibrary library,
    ClubCalendar calendar)
{
    /// <summary>The source under which they are booked.</summary>
    public const string Source = "/club/interaction";

    /// <summary>Websites tell of it soon.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>The same key, or the same thing of the same kind, counts once.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>invalid-data</c>, also for a kind that the club books itself or that comes with
    /// bills, <c>different-content</c>, and those of what it earns.</returns>
    public async Task<Outcome<Answered<InteractionView>>> Record(MemberId memberId, InteractionRequest request, Command command,
        Caller caller, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return Problem.NotFound($"Member \"{memberId}\"");
        if (!IsOne(request.Kind, (await library.Now(cancellation)).Current))
            return new Problem("invalid-data", $"$.kind: \"{request.Kind}\" is no interaction.", "$.kind");
        var (id, known) = await Known(profile, request, command, cancellation);
        var at = request.At ?? known?.At ?? calendar.Now;
        if (known is null && (at > calendar.Now + ClubCalendar.ClockSkew || at < calendar.Now - Longest))
            return new Problem("invalid-data", $"$.at: a moment of the last {Longest.Days} days is expected.", "$.at");
        var receipt = await Book(profile, id, request, at, cancellation);
        // Where nobody says when, whoever came first with the same has said it.
        if (request.At is null && receipt is { Fate: Fate.Rejected, Problem.Code: "different-content" }
            && await ledger.FindEntry(profile.MemberId, Entry.IdOf(Source, id), cancellation) is { } first)
        {
            at = first.At;
            receipt = await Book(profile, id, request, at, cancellation);
        }
        if (receipt is { Fate: Fate.Rejected, Problem: { } refused }) return refused;
        var earned = await Earned(profile.MemberId, id, cancellation);
        var view = new InteractionView(profile.MemberId, request.Kind, at, earned);
        return new Answered<InteractionView>(view, receipt.Fate == Fate.Duplicate);
    }

    private Task<Receipt> Book(Profile profile, string id, InteractionRequest request, DateTimeOffset at, CancellationToken cancellation) =>
        transactions.RecordTold(profile.MemberId, new Transaction(Source, id, at, calendar.DateOf(at), null, request.Channel, null, null,
            request.Campaign, [new TransactionLine("1", request.Kind, request.Topic, null, request.Count, Money.Zero)]), cancellation);

    private bool IsOne(string category, Programme programme) =>
        !transactions.IsOwn(category) && !InteractionRules.IsSent(category, programme);

    /// <summary>What a member did so far, and what she has of it; null when she is not the caller's to see.</summary>
    public async Task<StandingView?> Of(MemberId memberId, Caller caller, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return null;
        var rules = await library.Now(cancellation);
        var account = await ledger.Now(profile.MemberId, rules, cancellation);
        var programme = rules.Current;
        return new StandingView(profile.MemberId,
            [.. account.Activity.Where(row => row.Count != 0 && IsOne(row.Category, programme)).GroupBy(row => row.Category)
                .OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => new KindCount(kind.Key, kind.Sum(row => row.Count)))],
            [.. programme.Wallets.Select(wallet => new Holding(wallet.Code, wallet.Name, account.Available(wallet.Code, rules.Today)))],
            account.Tier.Code, programme.FindTier(account.Tier.Code)?.Name,
            TierRules.Progress(programme, account.EarnedTier, account.Activity, rules.Today));
    }

    /// <summary>A thing that she did something with is known by itself, and otherwise what she did by the caller's key.</summary>
    private async Task<(string Id, Entry? Known)> Known(Profile profile, InteractionRequest request, Command command,
        CancellationToken cancellation)
    {
        // After a merge the same is known by the id that it had before.
        string[] ids = request.Reference is { } reference
            ? [.. profile.MergedFrom.Prepend(profile.MemberId).Select(member => Ids.Derived("r", member, request.Kind, reference))]
            : [Ids.Derived("k", command.Scope, command.Key)];
        foreach (var id in ids)
            if (await ledger.FindEntry(profile.MemberId, Entry.IdOf(Source, id), cancellation) is { } known) return (id, known);
        return (ids[0], null);
    }

    private async Task<IReadOnlyList<Earned>> Earned(MemberId member, string id, CancellationToken cancellation)
    {
        var programme = (await library.Now(cancellation)).Current;
        var earned = new List<Earned>();
        foreach (var wallet in programme.Wallets)
            if (await ledger.FindEntry(member, Entry.IdOf(Source, id, wallet == programme.DefaultWallet ? null : wallet.Code), cancellation)
                is { Points.IsZero: false, Points: var points })
                earned.Add(new Earned(wallet.Code, points));
        return earned;
    }
}
