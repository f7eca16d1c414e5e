using Club.Kernel;

namespace Club.Local.Sample;

/// <summary>What was told, and what became of it. Several may count at once.</summary>
internal sealed class SampleTally
{
    private const int ReasonsKept = 10;

    private readonly Lock _gate = new();
    private readonly List<string> _reasons = [];
    private long _registrations, _transactions, _redemptions, _refused, _swept, _acted, _proposed;

    public long Registrations => Interlocked.Read(ref _registrations);

    /// <summary>Bills, returns and confirmations: messages of the queue <c>transactions</c>.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    public long Redemptions => Interlocked.Read(ref _redemptions);

    /// <summary>What the sweeps handled: messages, lapsed points, tiers.</summary>
    public long Swept => Interlocked.Read(ref _swept);

    /// <summary>What the club's staff did, and members with them: orders, calls, activities, decisions.</summary>
    public long Acts => Interlocked.Read(ref _acted);

    /// <summary>Members whom a dealer proposed, beside those who registered.</summary>
    public long Proposals => Interlocked.Read(ref _proposed);

    public long All => Registrations + Transactions + Redemptions + Swept + Acts;

    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Of the first that were refused.</summary>
    public IReadOnlyList<string> Reasons
    {
        get
        {
            lock (_gate) return [.. _reasons];
        }
    }

    public void Registered() => Interlocked.Increment(ref _registrations);
    public void Told() => Interlocked.Increment(ref _transactions);
    public void Acted() => Interlocked.Increment(ref _acted);
    public void Proposed() => Interlocked.Increment(ref _proposed);
    public void Redeemed() => Interlocked.Increment(ref _redemptions);
    public void HaveSwept(long documents) => Interlocked.Add(ref _swept, documents);

    public void Refuse(string what, Problem problem)
    {
        Interlocked.Increment(ref _refused);
        lock (_gate)
            if (_reasons.Count < ReasonsKept) _reasons.Add($"{what}: {problem.Code}, {problem.Message}");
    }
}
