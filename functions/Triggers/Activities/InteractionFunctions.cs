using Club.Access;
using Club.Activities;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>What members do with the club 互动, as its website and forum tell of it.</summary>
public sealed class InteractionFunctions(Interactions interactions)
{
    [Function("Interact")]
    [Needs(Right.Interact)]
    public Task<IResult> Record([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/interactions")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        Http.Once(request, InteractionRequest.Read, (wanted, command, caller) =>
            interactions.Record(new MemberId(id), wanted, command, caller, cancellation), cancellation, StatusCodes.Status201Created);

    [Function("Standing")]
    [Needs(Right.ReadMember)]
    public async Task<IResult> Of([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/interactions")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        await interactions.Of(new MemberId(id), Http.CallerOf(request), cancellation) is { } standing ? Http.Json(standing)
            : Http.NotFound($"Member \"{id}\"");
}
