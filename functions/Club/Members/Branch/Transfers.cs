using System.Text.Json.Serialization;
using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;

namespace Club.Members;

/// <summary>To which dealer's branch a member goes, and why.</summary>
public sealed record TransferRequest(DealerId DealerId, string Reason)
{
    public static Outcome<TransferRequest> Read(JsonFields body)
    {
        var (dealer, reason) = (body.Id<DealerId>("dealerId", maximum: 64), body.Reason());
        return body.Problem is { } problem ? problem : new TransferRequest(dealer!.Value, reason!);
    }
}

/// <summary>That a member went from one branch to another.</summary>
/// <param name="From">Null: from none.</param>
/// <param name="To">Null: to none; she belongs to headquarters alone.</param>
public sealed record TransferView(MemberId MemberId, DealerId? From, DealerId? To, DateTimeOffset At, string? Reason, string? Author)
    : IOfMember;

/// <summary>Of which branch transfers are listed.</summary>
[JsonConverter(typeof(CamelCaseEnum<TransferDirection>))]
public enum TransferDirection { In, Out }

/// <summary>
/// Moves members between branches 转会. Points go along as they are: those of the club are good everywhere, those of a branch where they
/// were issued. Both dealers see who came and who went.
/// </summary>
public sealed class Transfers(IClubStore store, Profiles profiles, Membership membership, ProgrammeLibrary library)
{
    /// <summary>A transfer to the branch where she is already changes nothing.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>unknown-dealer</c>, <c>denied</c> when a dealer's staff send a guest elsewhere.</returns>
    public async Task<Outcome<TransferView>> Move(MemberId memberId, TransferRequest request, Caller caller, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var seen, IsMasked: var isGuest })
            return Problem.NotFound($"Member \"{memberId}\"");
        var programme = (await library.Now(cancellation)).Current;
        if (programme.Unknown(request.DealerId, "$.dealerId") is { } unknown) return unknown;
        if (ErasedPerson.Unfit(seen, "$.reason", request.Reason) is { } unfit) return unfit;
        if (caller.IsScoped && isGuest && request.DealerId != caller.Dealer)
            return new Problem("denied", "A dealer's staff take a guest into their own branch, and into no other.") { Kind = ProblemKind.Denied };
        return await profiles.Change(seen.MemberId, draft => Decide(draft, request, caller), cancellation);
    }

    /// <summary>Moves somebody on whose branch is no more. Whoever has gone elsewhere meanwhile stays there.</summary>
    /// <param name="to">Null: to none; she belongs to headquarters alone.</param>
    /// <returns>Whether she was moved.</returns>
    public Task<bool> MoveOn(MemberId memberId, DealerId from, DealerId? to, string reason, string author,
        CancellationToken cancellation) =>
        profiles.Change(memberId, draft =>
        {
            if (draft.Before is not { IsPersonal: true } before || before.DealerId != from) return false;
            Go(draft, before, to, reason, author);
            return true;
        }, cancellation);

    /// <summary>Who came to a branch, or who left it, the latest first.</summary>
    /// <param name="dealer">Null: all branches.</param>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<TransferView> Items, string? Continuation)> List(DealerId? dealer, TransferDirection direction,
        Caller caller, int limit, string? continuation, CancellationToken cancellation)
    {
        // Whose transfers a dealer's staff see is part of what is looked for.
        if (caller.IsScoped && dealer is { } asked && asked != caller.Dealer) return ([], null);
        var branch = caller.IsScoped ? new DealerId(caller.Dealer ?? "") : dealer;
        var index = direction == TransferDirection.In ? MemberEvent.TransferInIndex : MemberEvent.TransferOutIndex;
        var query = branch is { } one ? IndexQuery.Prefix(index, $"{one}\n") : new IndexQuery(MemberEvent.TransferIndex, "", IndexQuery.Last);
        var page = await store.Find(query with { Limit = limit, Continuation = continuation }, cancellation);
        var found = page.Documents.Select(document => ViewOf(document.As<MemberEvent>()));
        return ([.. found.OrderByDescending(one => one.At)], page.Continuation);
    }

    private static Outcome<TransferView> Decide(ProfileDraft draft, TransferRequest request, Caller caller)
    {
        if (draft.Before is not { IsPersonal: true } before) return Problem.NotFound($"Member \"{draft.MemberId}\"");
        if (before.DealerId == request.DealerId)
            return new TransferView(draft.MemberId, before.DealerId, request.DealerId, draft.Now, request.Reason, caller.Name);
        return ViewOf(Go(draft, before, request.DealerId, request.Reason, caller.Author));
    }

    private static MemberEvent Go(ProfileDraft draft, Profile before, DealerId? to, string reason, string author)
    {
        var number = before.Transfers + 1;
        var happened = new MemberEvent
        {
            Id = Ids.Derived("v", "transfer", $"{number}"),
            MemberId = draft.MemberId,
            Kind = MemberEventKind.Transferred,
            At = draft.Now,
            From = before.DealerId?.Value,
            To = to?.Value,
            Reason = reason,
            Author = author,
            Number = number,
        };
        draft.Become(before with { DealerId = to, Transfers = number }, "transfer");
        draft.Attach(happened);
        return happened;
    }

    private static TransferView ViewOf(MemberEvent happened) => new(happened.MemberId, BranchOf(happened.From), BranchOf(happened.To),
        happened.At, happened.Reason, happened.Author);

    private static DealerId? BranchOf(string? code) => code is null ? null : new DealerId(code);
}
