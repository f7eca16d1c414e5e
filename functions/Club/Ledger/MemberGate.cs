using Club.Kernel;

namespace Club.Ledger;

/// <summary>
/// Writers of one member take turns within this process, in the order in which they came; writers of other members rarely wait for them.
/// Other processes are told apart by the account's ETag. Whoever holds a turn must not ask for another.
/// </summary>
public sealed class MemberGate
{
    private const int Stripes = 1024;
    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for the member's turn; disposing ends it.</summary>
    public async ValueTask<Turn> Enter(MemberId memberId, CancellationToken cancellation)
    {
        var stripe = _stripes[Ids.Hash(memberId) % Stripes];
        await stripe.WaitAsync(cancellation);
        return new Turn(stripe);
    }

    /// <summary>The right to write to a member until it is disposed.</summary>
    public readonly struct Turn(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
