using System.Text.Json;
using System.Text.Json.Serialization;
using Functions.Local.Queue;
using Functions.Local.Timers;
using Functions.Local.Topic;

namespace Functions.Local.Http;

/// <summary>The calls under <c>/admin</c>, all with the staff key.</summary>
internal static class AdminCalls
{
    private static readonly JsonSerializerOptions Answers = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void MapAdmin(this IEndpointRouteBuilder routes, TimerLoops timers, DurableQueues queues, DurableTopic topic,
        TimeProvider time, FunctionsKey key)
    {
        routes.MapMethods("/admin/functions/{name}", [HttpMethods.Post], context => WithKey(context, key, () => RunTimer(context, timers)));
        routes.MapMethods("/admin/queues", [HttpMethods.Get], context => WithKey(context, key,
            () => ShowQueues(context, queues, topic, time)));
    }

    private static Task WithKey(HttpContext context, FunctionsKey key, Func<Task> call) =>
        key.Admits(context.Request) ? call() : key.Refuse(context);

    /// <summary>As the Functions host does it: accepted at once; the function runs afterwards.</summary>
    private static Task RunTimer(HttpContext context, TimerLoops timers)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        if (!timers.RunNow(name))
            return HttpProblem.Write(context, StatusCodes.Status404NotFound, "not-found", $"There is no timer function named '{name}'.");
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return Task.CompletedTask;
    }

    private static Task ShowQueues(HttpContext context, DurableQueues queues, DurableTopic topic, TimeProvider time)
    {
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(
            context.Response.Body,
            new
            {
                Queues = QueueOverviews.Read(queues, time.GetUtcNow().UtcDateTime),
                Subscriptions = topic.Name is null ? null : topic.Overview(),
            },
            Answers,
            context.RequestAborted);
    }
}
