using Club.Access;
using Club.Kernel;
using Club.Running;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Messages that were given up.</summary>
public sealed class DeadLetterFunctions(DeadLetters letters)
{
    [Function("DeadLetters")]
    [Needs(Right.ReadWork)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dead-letters")] HttpRequest request,
        CancellationToken cancellation)
    {
        var queue = Http.Query(request, "queue");
        if (queue is not null && !DeadLetters.Queues.Contains(queue))
            return Http.Problem(new Problem("invalid-query", $"queue: {string.Join(" or ", DeadLetters.Queues)} is expected.", "queue"));
        return await Http.Page(request, (limit, continuation) => letters.List(queue, limit, continuation, cancellation));
    }

    [Function("DeadLetter")]
    [Needs(Right.DoWork)]
    public async Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dead-letters/{id}")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        await letters.Read(id, cancellation) is { } found ? Http.Json(found) : Http.NotFound($"Dead letter \"{id}\"");

    [Function("DroppedLetters")]
    [Needs(Right.ReadWork)]
    public async Task<IResult> Dropped([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dropped-letters")] HttpRequest request,
        CancellationToken cancellation) =>
        await Http.Page(request, (limit, continuation) => letters.Dropped(limit, continuation, cancellation));

    [Function("DropDeadLetter")]
    [Needs(Right.DoWork)]
    public async Task<IResult> Drop(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dead-letters/{id}/drop")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, Http.Reason, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        return await letters.Drop(id, wanted.Value.Wanted, wanted.Value.Caller, cancellation) is { } problem ? Http.Problem(problem)
            : Http.Json(new { id, result = "dropped" });
    }

    [Function("ResendDeadLetter")]
    [Needs(Right.DoWork)]
    public async Task<IResult> Resend(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dead-letters/{id}/resend")] HttpRequest request, string id,
        CancellationToken cancellation) =>
        await letters.Resend(id, cancellation) is { } problem ? Http.Problem(problem)
            : Http.Json(new { id, result = "sent" }, StatusCodes.Status202Accepted);
}
