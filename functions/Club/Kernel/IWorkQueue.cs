using System.Text.Json;

namespace Club.Kernel;

/// <summary>A message of the <c>work</c> queue: the sweeps of one bucket, or of one partition only.</summary>
public sealed record WorkMessage(IReadOnlyList<string> Sweeps, int Bucket, string? Partition = null)
{
    public const string Finish = "finish";

    /// <summary>Asks for one claim or one member to be finished, without waiting for the hourly sweep.</summary>
    public static string ToFinish(string partition) => new WorkMessage([Finish], Ids.Bucket(partition), partition).ToJson();

    public string ToJson() => JsonSerializer.Serialize(this, ClubJson.Options);
}

/// <summary>Where the club leaves work for itself: a durable queue that is delivered at least once, in no particular order.</summary>
public interface IWorkQueue
{
    /// <summary>Returns when every message is kept durably. Throws when one could not be kept; the caller retries, so the work must bear
    /// repetition.</summary>
    Task Send(IReadOnlyList<string> messages, CancellationToken cancellation = default);
}
