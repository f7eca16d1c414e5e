using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Dealers;

/// <summary>Which dealers are closed: few, and seldom another, so that an instance looks once in a while.</summary>
public sealed class ClosedDealers(IClubStore store, ClubCalendar calendar)
{
    /// <summary>How old an instance's picture may be.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    private Picture? _picture;

    /// <summary>Closed today, by their codes.</summary>
    public async ValueTask<IReadOnlyDictionary<DealerId, DealerClosing>> Now(CancellationToken cancellation) =>
        Volatile.Read(ref _picture) is { } known && known.On == calendar.Today && calendar.Time.GetElapsedTime(known.AsOf) < Freshness
            ? known.Closed : await Read(cancellation);

    internal async Task<IReadOnlyDictionary<DealerId, DealerClosing>> Read(CancellationToken cancellation)
    {
        var (asOf, today) = (calendar.Time.GetTimestamp(), calendar.Today);
        var found = await Until(IndexKeys.Date(today), cancellation);
        Volatile.Write(ref _picture, new Picture(asOf, today, found));
        return found;
    }

    /// <summary>Closed, and to be closed on a day to come.</summary>
    internal Task<Dictionary<DealerId, DealerClosing>> All(CancellationToken cancellation) => Until(IndexQuery.Last, cancellation);

    private async Task<Dictionary<DealerId, DealerClosing>> Until(string last, CancellationToken cancellation)
    {
        var found = new Dictionary<DealerId, DealerClosing>();
        await foreach (var document in store.FindAll(new IndexQuery(Dealership.ClosedIndex, "", last, Limit: 1000), cancellation))
            if (document.As<Dealership>() is { Closing: { } closing } one) found[one.Code] = closing;
        return found;
    }

    internal void Forget() => Volatile.Write(ref _picture, null);

    private sealed record Picture(long AsOf, DateOnly On, IReadOnlyDictionary<DealerId, DealerClosing> Closed);
}

/// <summary>Whoever joins a closed dealer, or comes to it by a transfer or a merge, goes on to whoever takes over.</summary>
internal sealed class ClosedDealerFollower(ClosedDealers closed, DealerClosings closings, Membership membership) : IFollows
{
    public string Name => "closed-dealers";

    public async Task Follow(Document happened, CancellationToken cancellation)
    {
        if (happened.Type != "event" || await closed.Now(cancellation) is not { Count: > 0 } all) return;
        var told = happened.As<MemberEvent>();
        if (!MayBring(told)) return;
        if (await membership.Find(told.MemberId, cancellation) is { DealerId: { } branch } profile
            && all.TryGetValue(branch, out var closing))
            await closings.Move(profile.MemberId, branch, closing, all, cancellation);
    }

    private static bool MayBring(MemberEvent told) => told.Kind is MemberEventKind.Joined or MemberEventKind.Transferred
        or MemberEventKind.Merged or MemberEventKind.ProfileChanged;
}
