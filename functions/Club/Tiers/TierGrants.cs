using System.Globalization;
using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Club.Transactions;

namespace Club.Tiers;

/// <summary>What staff ask for: a tier until a day, with the reason. A day that is past takes a grant back.</summary>
public sealed record GrantRequest(string Tier, DateOnly Until, string Reason)
{
    /// <summary>Far enough for ever, and near enough to count days and months from.</summary>
    private static readonly DateOnly Latest = new(2999, 12, 31);

    public static Outcome<GrantRequest> Read(JsonFields body)
    {
        var (tier, until, reason) = (body.Text("tier"), body.Date("until"), body.Reason());
        if (until > Latest) body.Fail("until", $"{until:yyyy-MM-dd} is after {Latest:yyyy-MM-dd}", "date-out-of-range");
        return body.Problem is { } problem ? problem : new GrantRequest(tier!, until!.Value, reason!);
    }
}

/// <param name="Tier">The code of the tier held now.</param>
/// <param name="Grant">Null when none is in force.</param>
public sealed record GrantAnswer(string MemberId, string Tier, GrantView? Grant, bool IsNew = false);

public sealed record GrantView(string Tier, DateOnly Until, string Reason, string Author, DateTimeOffset GrantedAt)
{
    public static GrantView? Of(TierGrant? grant) => grant is null ? null : new GrantView(grant.Tier, grant.Until, grant.Reason, grant.Author, grant.GrantedAt);
}

/// <summary>Staff give tiers and take them back. Each time an event keeps the reason and the author.</summary>
public sealed class TierGrants(IClubStore store, MemberLedger ledger, Membership membership)
{
    /// <param name="key">The caller's idempotency key; without one, a repeat is told by its content as long as the grant is in force.</param>
    public async Task<Outcome<GrantAnswer>> Give(string memberId, GrantRequest request, string? key, Caller caller, CancellationToken cancellation = default)
    {
        if (await membership.Find(memberId, cancellation) is not { } profile) return Problem.NotFound($"Member \"{memberId}\"");
        return await ledger.Change(profile.MemberId, journal => Give(journal, request, key, caller.Author, cancellation), cancellation);
    }

    /// <summary>Without a grant in force nothing changes.</summary>
    public async Task<Outcome<GrantAnswer>> TakeBack(string memberId, string? reason, Caller caller, CancellationToken cancellation = default)
    {
        if (await membership.Find(memberId, cancellation) is not { } profile) return Problem.NotFound($"Member \"{memberId}\"");
        return await ledger.Change(profile.MemberId, journal => ValueTask.FromResult(TakeBack(journal, reason, caller.Name)), cancellation);
    }

    private async ValueTask<Outcome<GrantAnswer>> Give(Journal journal, GrantRequest request, string? key, string author, CancellationToken cancellation)
    {
        var account = journal.Account;
        if (journal.Programme.FindTier(request.Tier) is not { Rank: > 0 })
            return new Problem("unknown-tier", $"$.tier: \"{request.Tier}\" is none of {string.Join(", ", journal.Programme.Tiers.Skip(1).Select(tier => tier.Code))}.", "$.tier");
        var content = Ids.Derived("", request.Tier, IndexKeys.Date(request.Until), request.Reason, author);
        var id = key is null
            ? Ids.Derived("v", account.MemberId, "grant", content, journal.RecordedAt.ToString("O", CultureInfo.InvariantCulture))
            : Ids.Derived("v", account.MemberId, "grant", key);
        if (key is not null && await store.Read<MemberEvent>(account.MemberId, id, cancellation) is { } told) return Repeat(account, told.Value, request, author);
        if (request.Until < journal.Today) return TakeBack(journal, request.Reason, author, id);
        if (account.Grant is { } grant && (grant.Tier, grant.Until, grant.Reason, grant.Author) == (request.Tier, request.Until, request.Reason, author))
            return new GrantAnswer(account.MemberId, account.Tier.Code, GrantView.Of(grant));

        var granted = new TierGrant(
            request.Tier, account.Grant is { } before && before.Tier == request.Tier && before.Until >= journal.Today.AddDays(-1) ? before.From : journal.Today,
            request.Until, request.Reason, author, journal.RecordedAt, account.EarnedTier);
        Change(journal, granted, new MemberEvent
        {
            Id = id, MemberId = account.MemberId, Kind = MemberEventKind.TierGranted, At = journal.RecordedAt,
            From = account.Tier.Code, To = request.Tier, Until = request.Until, Reason = request.Reason, Author = author,
        }, "granted");
        return new GrantAnswer(account.MemberId, journal.Account.Tier.Code, GrantView.Of(journal.Account.Grant), IsNew: true);
    }

    private static GrantAnswer TakeBack(Journal journal, string? reason, string? author, string? id = null)
    {
        var account = journal.Account;
        if (account.Grant is not { } grant) return new GrantAnswer(account.MemberId, account.Tier.Code, null);
        Change(journal, grant with { Until = journal.Today.AddDays(-1) }, new MemberEvent
        {
            Id = id ?? Ids.Derived("v", account.MemberId, "grant-withdrawn", grant.Tier, grant.GrantedAt.ToString("O", CultureInfo.InvariantCulture)),
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

    private static Outcome<GrantAnswer> Repeat(Account account, MemberEvent told, GrantRequest request, string author)
    {
        if (told.Kind == MemberEventKind.TierGrantWithdrawn) return new GrantAnswer(account.MemberId, account.Tier.Code, GrantView.Of(account.Grant));
        return (told.To, told.Until, told.Reason, told.Author) == (request.Tier, request.Until, request.Reason, author)
            ? new GrantAnswer(account.MemberId, account.Tier.Code, new GrantView(told.To!, told.Until!.Value, told.Reason!, told.Author!, told.At))
            : new Problem("different-content", "idempotency-key: it came before with another tier, end, reason or author.", "idempotency-key") { Kind = ProblemKind.Conflict };
    }
}
