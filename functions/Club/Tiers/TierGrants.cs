using System.Globalization;
using System.Text.Json.Serialization;
using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Tiers;

/// <summary>What staff ask for: a tier until a day, with the reason. A day that is past takes a grant back.</summary>
public sealed record GrantRequest(TierCode Tier, DateOnly Until, string Reason)
{
    /// <summary>Far enough for ever, and near enough to count days and months from.</summary>
    private static readonly DateOnly Latest = new(2999, 12, 31);

    public static Outcome<GrantRequest> Read(JsonFields body)
    {
        var (tier, until, reason) = (body.Id<TierCode>("tier"), body.Date("until"), body.Reason());
        if (until > Latest) body.Fail("until", $"{until:yyyy-MM-dd} is after {Latest:yyyy-MM-dd}", "date-out-of-range");
        return body.Problem is { } problem ? problem : new GrantRequest(tier!.Value, until!.Value, reason!);
    }
}

/// <param name="Tier">The code of the tier held now.</param>
/// <param name="Grant">Null when none is in force.</param>
public sealed record GrantAnswer(MemberId MemberId, TierCode Tier, GrantView? Grant)
{
    /// <summary>Whether this call gave it.</summary>
    [JsonIgnore] public bool IsNew { get; init; }
}

public sealed record GrantView(TierCode Tier, DateOnly Until, string Reason, string Author, DateTimeOffset GrantedAt)
{
    public static GrantView? Of(TierGrant? grant) =>
        grant is null ? null : new GrantView(grant.Tier, grant.Until, grant.Reason, grant.Author, grant.GrantedAt);
}

/// <summary>Staff give tiers and take them back. Each time an event keeps the reason and the author.</summary>
public sealed class TierGrants(MemberLedger ledger, Membership membership)
{
    /// <param name="command">Null: without a key, a repeat is told by its content as long as the grant is in force.</param>
    public Task<Outcome<Answered<GrantAnswer>>> Give(MemberId memberId, GrantRequest request, Command? command, Caller caller,
        CancellationToken cancellation = default) =>
        Run(memberId, command, caller, journal => Give(journal, request, caller.Author), cancellation);

    /// <summary>Without a grant in force nothing changes.</summary>
    public Task<Outcome<Answered<GrantAnswer>>> TakeBack(MemberId memberId, string? reason, Command? command, Caller caller,
        CancellationToken cancellation = default) =>
        Run(memberId, command, caller, journal => TakeBack(journal, reason, caller.Name), cancellation);

    private async Task<Outcome<Answered<GrantAnswer>>> Run(MemberId memberId, Command? command, Caller caller,
        Func<Journal, Outcome<GrantAnswer>> decide, CancellationToken cancellation) =>
        await membership.Find(memberId, cancellation) is not null ? await ledger.Run(memberId, command, caller, decide, cancellation)
            : Problem.NotFound($"Member \"{memberId}\"");

    private static Outcome<GrantAnswer> Give(Journal journal, GrantRequest request, string author)
    {
        var account = journal.Account;
        if (journal.Programme.FindTier(request.Tier) is not { Rank: > 0 })
            return new Problem("unknown-tier",
                $"$.tier: \"{request.Tier}\" is none of {string.Join(", ", journal.Programme.Tiers.Skip(1).Select(tier => tier.Code))}.",
                "$.tier");
        if (request.Until < journal.Today) return TakeBack(journal, request.Reason, author);
        if (account.Grant is { } grant
            && (grant.Tier, grant.Until, grant.Reason, grant.Author) == (request.Tier, request.Until, request.Reason, author))
            return new GrantAnswer(account.MemberId, account.Tier.Code, GrantView.Of(grant));

        var granted = new TierGrant(
            request.Tier, account.Grant is { } before && before.Tier == request.Tier && before.Until >= journal.Today.AddDays(-1)
            ? before.From : journal.Today,
            request.Until, request.Reason, author, journal.RecordedAt, account.EarnedTier);
        Change(journal, granted, new MemberEvent
        {
            Id = Ids.Derived("v", account.MemberId, "grant", request.Tier, IndexKeys.Date(request.Until), request.Reason, author,
                journal.RecordedAt.ToString("O", CultureInfo.InvariantCulture)),
            MemberId = account.MemberId, Kind = MemberEventKind.TierGranted, At = journal.RecordedAt,
            From = account.Tier.Code, To = request.Tier, Until = request.Until, Reason = request.Reason, Author = author,
        }, "granted");
        return new GrantAnswer(account.MemberId, journal.Account.Tier.Code, GrantView.Of(journal.Account.Grant)) { IsNew = true };
    }

    private static GrantAnswer TakeBack(Journal journal, string? reason, string? author)
    {
        var account = journal.Account;
        if (account.Grant is not { } grant) return new GrantAnswer(account.MemberId, account.Tier.Code, null);
        Change(journal, grant with { Until = journal.Today.AddDays(-1) }, new MemberEvent
        {
            Id = Ids.Derived("v", account.MemberId, "grant-withdrawn", grant.Tier,
                grant.GrantedAt.ToString("O", CultureInfo.InvariantCulture)),
            MemberId = account.MemberId, Kind = MemberEventKind.TierGrantWithdrawn, At = journal.RecordedAt,
            From = grant.Tier, Until = grant.Until, Reason = reason, Author = author,
        }, "grant-withdrawn");
        return new GrantAnswer(account.MemberId, journal.Account.Tier.Code, null);
    }

    private static void Change(Journal journal, TierGrant grant, MemberEvent happened, string reason)
    {
        journal.Record(happened);
        TierPosting.Grant(journal, grant, reason);
    }
}
