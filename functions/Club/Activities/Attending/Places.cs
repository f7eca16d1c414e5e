using Club.Kernel;
using Club.Store;

namespace Club.Activities;

/// <summary>The places of an activity, of which none is given twice.</summary>
public sealed class Places(Allotments allotments, SignUpLedger ledger)
{
    /// <summary>Whoever asks for places of one activity takes turns within this process: of one document's many writers only one comes
    /// through.</summary>
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Promises all that are wanted, or leaves what was promised before. Also where nobody counts them: there may be a limit
    /// later, and whoever has a place keeps it.</summary>
    /// <returns>Null: they are promised. Otherwise how many more there were.</returns>
    public Task<long?> Promise(ClubActivity activity, string cause, int wanted, CancellationToken cancellation) =>
        Promise(activity.Code, cause, wanted, activity.Places ?? long.MaxValue, cancellation);

    /// <summary>As many as came, neither more nor fewer, are taken: they are there.</summary>
    public Task Occupy(SignUp one, CancellationToken cancellation) =>
        Promise(one.Activity, one.Cause, one.Places, long.MaxValue, cancellation);

    private async Task<long?> Promise(string activity, string cause, int wanted, long total, CancellationToken cancellation)
    {
        var turn = _turns[Ids.Hash(activity) % (uint)_turns.Length];
        await turn.WaitAsync(cancellation);
        try
        {
            return await allotments.PromiseUndivided(ClubActivity.AllotmentOf(activity), cause, wanted, total, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Whether anybody else may come; also where nobody counts them.</summary>
    public async ValueTask<bool> AreLeft(ClubActivity activity, CancellationToken cancellation) =>
        activity.Places is not { } most || await Taken(activity.Code, cancellation) < most;

    /// <summary>How many are taken.</summary>
    public Task<long> Taken(string activity, CancellationToken cancellation) =>
        allotments.Used(ClubActivity.AllotmentOf(activity), cancellation);

    /// <summary>Gives back what a sign-up no longer needs.</summary>
    public async Task<SignUp> Settle(SignUp one, CancellationToken cancellation)
    {
        if (one.Loose.Count == 0) return one;
        foreach (var cause in one.Loose) await allotments.GiveBack(ClubActivity.AllotmentOf(one.Activity), cause, cancellation);
        return await ledger.Change(one, now => now with { Loose = [.. now.Loose.Except(one.Loose)] }, cancellation) ?? one;
    }

    public Task GiveBack(string activity, string cause, CancellationToken cancellation) =>
        allotments.GiveBack(ClubActivity.AllotmentOf(activity), cause, cancellation);
}
