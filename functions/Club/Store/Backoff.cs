using System.Diagnostics.CodeAnalysis;

namespace Club.Store;

/// <summary>The pause before a decision that met a conflict is made again.</summary>
public static class Backoff
{
    /// <summary>None after the first two conflicts, then up to 2, 4, 8… 128 ms.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "Jitter between retries is no secret.")]
    public static async Task After(int attempt, CancellationToken cancellation)
    {
        if (attempt > 2) await Task.Delay(Random.Shared.Next(1, 1 << Math.Min(attempt, 7)), cancellation);
    }
}
