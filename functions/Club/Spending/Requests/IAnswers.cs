namespace Club.Spending;

/// <summary>A CloudEvent that answers another one.</summary>
/// <param name="Id">Its <c>id</c>: the same for the same answer.</param>
public sealed record Answer(string Id, string Json);

/// <summary>Where answers to what was asked over a queue go out, at least once. A port: the host has the queue.</summary>
public interface IAnswers
{
    /// <summary>Returns when the answer is kept durably. Throws when it could not be; the request is delivered again then, and answered
    /// again.</summary>
    Task Send(Answer answer, CancellationToken cancellation);
}

/// <summary>Of a host that hands out no messages: whoever asked reads the answer over HTTP, by
/// <see cref="RedemptionRequests.Find"/>.</summary>
internal sealed class AnswersByCall : IAnswers
{
    public Task Send(Answer answer, CancellationToken cancellation) => Task.CompletedTask;
}
