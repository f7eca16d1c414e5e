using Club.Kernel;
using Club.Store;

namespace Club.Activities;

/// <summary>The places of an activity, of which none is given twice.</summary>
public sealed class Places(Allotments allotments, SignUpLedger ledger)
{
    /// <summary>Whoever asks for places of one activity takes turns within this process: of one document's many writers only one comes
    /// through.</summary>
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <param name="before">How many are promised to it already: so many stay.</param>
    /// <returns>Null: they are promised. Otherwise how many more there were; what was promised of them is the caller's to give
    /// back.</returns>
    public async Task<long?> Promise(ClubActivity activity, string cause, int wanted, int before, CancellationToken cancellation)
    {
        if (activity.Places is not { } places) return null;
        var (what, turn) = (ClubActivity.AllotmentOf(activity.Code), _turns[Ids.Hash(activity.Code) % (uint)_turns.Length]);
        await turn.WaitAsync(cancellation);
        try
        {
            var granted = (await allotments.Promise(what, cause, wanted, places, cancellation)).Granted;
            if (granted == wanted) return null;
            if (before > 0) await allotments.Promise(what, cause, before, places, cancellation);
            return Math.Max(0, granted - before);
        }
        finally
        {
            turn.Release();
        }
    }

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
