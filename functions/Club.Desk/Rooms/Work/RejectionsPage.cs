using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Club.Store;
using Club.Transactions;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Work;

/// <param name="HidesReason">What is wrong may quote what somebody is known by.</param>
/// <param name="Again">Why a replay was refused.</param>
public sealed record RejectionsModel(PageOf<Rejection> Found, bool HidesReason, Said? Done, Said? Wrong, Problem? Again);

/// <summary>Messages that could not be booked, each with its reason.</summary>
public sealed class RejectionsPage(IClubStore store) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, null, null, cancellation);

    /// <summary>The list, with why something of it was not done.</summary>
    public async Task<Reply> Show(Visit visit, Said? wrong, Problem? again, CancellationToken cancellation)
    {
        var page = await Paging.Find<Rejection>(visit, async (limit, continuation) =>
        {
            var found = await store.Find(new IndexQuery(Rejection.RejectedIndex, "", IndexQuery.Last, Limit: limit, Continuation: continuation),
                cancellation);
            return ([.. found.Documents.Select(document => document.As<Rejection>()).OrderByDescending(rejection => rejection.ReceivedAt)],
                found.Continuation);
        });
        Said? done = visit.Asked("done") is { } word && WorkWords.Fates.TryGetValue(word, out var fate) ? fate : null;
        return Reply.Of<RejectionList>(new RejectionsModel(page, visit.Admitted.IsAuditor, done, wrong, again), WorkWords.Work,
            again is not null ? Statuses.Of(again.Kind is ProblemKind.Invalid ? ProblemKind.Conflict : again.Kind)
            : wrong is not null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK, WorkRoom.Address);
    }
}
