namespace Club.Kernel;

/// <summary>Where the club leaves work for itself: a durable queue that is delivered at least once, in no particular order.</summary>
public interface IWorkQueue
{
    /// <summary>Returns when every message is kept durably. Throws when one could not be kept; the caller retries, so the work must bear repetition.</summary>
    Task Send(IReadOnlyList<string> messages, CancellationToken cancellation = default);
}
