namespace Club.Store;

/// <summary>Whether the store answers, found out in less time than a probe waits.</summary>
public sealed class StoreHealth(IClubStore store)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <exception cref="StoreException">It answers wrongly, or not within a second and a half.</exception>
    public async Task Check(CancellationToken cancellation = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await store.Read("health", "health", patience.Token).AsTask().WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new StoreException($"The store gave no answer within {Patience.TotalSeconds} seconds.");
        }
    }
}
