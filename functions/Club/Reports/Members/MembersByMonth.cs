using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Reports;

/// <summary>Counts members and points by month, dealer and tier (<see cref="MonthRow"/>), from entries and events alone.</summary>
public sealed class MembersByMonth(ClubCalendar calendar) : IProjection
{
    public string Name => "members-by-month";

    public async Task Project(IReadOnlyList<Document> happened, ProjectionRows rows, CancellationToken cancellation)
    {
        foreach (var member in happened.Select(Read).GroupBy(one => one.MemberId))
        {
            var before = await rows.Get<MemberPlace>(MemberPlace.IdOf(member.Key), cancellation)
                ?? new MemberPlace { MemberId = member.Key };
            var place = before;
            foreach (var one in InOrder([.. member]))
                place = one.Fact is Entry entry ? await Count(place, entry, rows, cancellation)
                    : await Count(place, (MemberEvent)one.Fact, rows, cancellation);
            if (place != before) rows.Put(place);
        }
    }

    /// <summary>Whom it tells of: a merge, of the member that is no more.</summary>
    private static (MemberId MemberId, object Fact) Read(Document document)
    {
        if (document.Type == "entry") return (new MemberId(document.Partition), document.As<Entry>());
        var happened = document.As<MemberEvent>();
        return (new MemberId(happened.Kind == MemberEventKind.Merged ? happened.From! : document.Partition), happened);
    }

    /// <summary>What was committed together is told in any order: joining comes first, and entries and changes of tier stand as the ledger
    /// has them.</summary>
    private static IEnumerable<(MemberId MemberId, object Fact)> InOrder(IReadOnlyList<(MemberId MemberId, object Fact)> told)
    {
        var ledger = new Queue<(MemberId, object)>(told.Where(one => IsOfLedger(one.Fact)).OrderBy(one => PlaceOf(one.Fact)));
        return told.OrderBy(one => one.Fact is MemberEvent { Kind: MemberEventKind.Joined } ? 0 : 1)
            .Select(one => IsOfLedger(one.Fact) ? ledger.Dequeue() : one);
    }

    private static bool IsOfLedger(object fact) => fact is Entry or MemberEvent { Kind: MemberEventKind.TierChanged };

    private static (long Sequence, int Number) PlaceOf(object fact) =>
        fact is MemberEvent changed ? (changed.Sequence ?? 0, changed.Number ?? 0) : (((Entry)fact).Sequence, 0);

    private async Task<MemberPlace> Count(MemberPlace place, Entry entry, ProjectionRows rows, CancellationToken cancellation)
    {
        if (entry.Sequence <= place.Sequence) return place;
        if (entry.Sequence > place.Sequence + 1)
            throw new StoreException($"Member {entry.MemberId}: entry {entry.Sequence} was told before entry {place.Sequence + 1}.");
        var sums = entry.Cause switch
        {
            Cause.Accrual => new WalletSums(entry.Wallet, entry.Points, Points.Zero, Points.Zero),
            Cause.Reversal => new WalletSums(entry.Wallet, Points.Zero, entry.Points, Points.Zero),
            Cause.Expiry => new WalletSums(entry.Wallet, Points.Zero, Points.Zero, entry.Points),
            Cause.Moved { What: EntryKind.Redemption or EntryKind.Refund } =>
                new WalletSums(entry.Wallet, Points.Zero, Points.Zero, Points.Zero, entry.Points),
            _ => null,
        };
        // What a merge copied is counted where it was booked first.
        if (sums is not null && entry.MergedFrom is null)
            await Change(rows, Month(entry.RecordedAt), entry.DealerId, place.Tier, row => row.Plus(sums), cancellation);
        if (IsBill(entry) && place.Visit(entry.DealerId!.Value, entry.On) is { } visited)
        {
            await Change(rows, Month(entry.RecordedAt), entry.DealerId, place.Tier, row => row with { Visits = row.Visits + 1 },
                cancellation);
            place = visited;
        }
        return place with { Sequence = entry.Sequence };
    }

    /// <summary>What a dealer's system told, rather than what follows from something in the club.</summary>
    private static bool IsBill(Entry entry) =>
        entry is { Cause: Cause.Accrual, MergedFrom: null, DealerId: not null } && !OwnSource.Is(entry.Source);

    private async Task<MemberPlace> Count(MemberPlace place, MemberEvent happened, ProjectionRows rows, CancellationToken cancellation)
    {
        var month = Month(happened.At);
        var after = After(place, happened, month);
        if (after == place) return place;
        var joined = place.Joined is null && after.Joined is not null;
        await Change(rows, month, place.DealerId, place.Tier, row => happened.Kind switch
        {
            MemberEventKind.Left => row with { Left = row.Left + 1, Members = row.Members - (place.IsHere ? 1 : 0) },
            MemberEventKind.Lapsed => row with { Lapsed = row.Lapsed + 1, Members = row.Members - (place.IsHere ? 1 : 0) },
            MemberEventKind.Returned => row with { Returned = row.Returned + 1, Members = row.Members + (place.IsHere ? 0 : 1) },
            MemberEventKind.TierChanged when place.IsHere => row with { Members = row.Members - 1 },
            MemberEventKind.Transferred =>
                row with { TransferredOut = row.TransferredOut + 1, Members = row.Members - (place.IsHere ? 1 : 0) },
            _ => row,
        }, cancellation);
        if (joined)
            await Change(rows, month, after.DealerId, after.Tier, row => row with { Joined = row.Joined + 1, Members = row.Members + 1 },
                cancellation);
        if (happened.Kind == MemberEventKind.TierChanged && place.IsHere)
            await Change(rows, month, after.DealerId, after.Tier, row => row with { Members = row.Members + 1 }, cancellation);
        if (happened.Kind == MemberEventKind.Transferred)
            await Change(rows, month, after.DealerId, after.Tier, row => row with { TransferredIn = row.TransferredIn + 1,
                Members = row.Members + (place.IsHere ? 1 : 0) }, cancellation);
        await CountMerge(place, -1, rows, cancellation);
        await CountMerge(after, 1, rows, cancellation);
        return after;
    }

    private static MemberPlace After(MemberPlace place, MemberEvent happened, string month) => happened.Kind switch
    {
        MemberEventKind.Joined when place.Joined is null => place with { Joined = month, DealerId = happened.DealerId },
        MemberEventKind.TierChanged when (happened.Number ?? place.TierChanges + 1) is var number && number > place.TierChanges =>
        place with { Tier = new TierCode(happened.To!), TierChanges = number },
        MemberEventKind.Left or MemberEventKind.Returned or MemberEventKind.Lapsed when IsNew(place, happened) =>
        place with { Act = happened.Kind, ActedAt = happened.At },
        MemberEventKind.Transferred when happened.Number > place.Transfers =>
        place with { DealerId = happened.To is { } to ? new DealerId(to) : null, Transfers = happened.Number.Value },
        MemberEventKind.Merged when place.Merged is null => place with { Merged = month },
        _ => place,
    };

    /// <summary>Of two acts in one moment, leaving is the later: see <c>Membership.LeaveWeChat</c>.</summary>
    private static bool IsNew(MemberPlace place, MemberEvent act) =>
        place.ActedAt is not { } last || act.At > last || act.At == last && act.Kind == MemberEventKind.Left
            && place.Act != MemberEventKind.Left;

    /// <summary>A merge is told by the other member and may overtake the member's own events: it is counted by where she stood at
    /// last.</summary>
    private static async Task CountMerge(MemberPlace place, int times, ProjectionRows rows, CancellationToken cancellation)
    {
        if (place is not { Merged: { } month, Joined: not null }) return;
        await Change(rows, month, place.DealerId, place.Tier, row =>
            row with { Merged = row.Merged + times, Members = row.Members - (place.IsHere ? times : 0) }, cancellation);
    }

    private static async Task Change(ProjectionRows rows, string month, DealerId? dealerId, TierCode? tier, Func<MonthRow, MonthRow> change,
        CancellationToken cancellation)
    {
        var before = await rows.Get<MonthRow>(MonthRow.IdOf(month, dealerId, tier), cancellation)
            ?? new MonthRow { Month = month, DealerId = dealerId, Tier = tier };
        var after = change(before);
        if (after != before) rows.Put(after);
    }

    private string Month(DateTimeOffset moment) => new StatementMonth(calendar.DateOf(moment)).ToString();
}
