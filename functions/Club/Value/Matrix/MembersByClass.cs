using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Value;

/// <summary>Counts members and their spend by branch and cell (<see cref="ClassRow"/>), and who moved between cells by month
/// (<see cref="ClassMoves"/>), from events alone.</summary>
public sealed class MembersByClass(ClubCalendar calendar) : IProjection
{
    public string Name => "members-by-class";

    public async Task Project(IReadOnlyList<Document> happened, ProjectionRows rows, CancellationToken cancellation)
    {
        foreach (var one in happened.Where(document => document.Type == "event").Select(document => document.As<MemberEvent>()))
        {
            if (!IsAsked(one.Kind)) continue;
            // A merge tells of the member that is no more, and is told by the other.
            var member = one.Kind == MemberEventKind.Merged ? new MemberId(one.From!) : one.MemberId;
            var before = await rows.Get<ClassPlace>(ClassPlace.IdOf(member), cancellation) ?? new ClassPlace { MemberId = member };
            var after = After(before, one);
            if (after == before) continue;
            after = InMonth(before, after, one.At);
            rows.Put(after);
            await Count(before, -1, rows, cancellation);
            await Count(after, 1, rows, cancellation);
            // What she did in a month before stays.
            if (before.Month == after.Month) await Move(before, -1, rows, cancellation);
            await Move(after, 1, rows, cancellation);
        }
    }

    private static bool IsAsked(MemberEventKind kind) => kind is MemberEventKind.ClassChanged or MemberEventKind.Merged
        or MemberEventKind.Left or MemberEventKind.Lapsed or MemberEventKind.Returned;

    private static ClassPlace After(ClassPlace place, MemberEvent happened) => happened.Kind switch
    {
        MemberEventKind.ClassChanged when happened.Number > place.Number => place with
        {
            Cell = happened.To, DealerId = happened.DealerId, Spend = happened.Spend ?? Money.Zero, Number = happened.Number.Value,
        },
        MemberEventKind.Merged => place with { Merged = true },
        MemberEventKind.Left or MemberEventKind.Lapsed or MemberEventKind.Returned when IsNew(place, happened) =>
            place with { Act = happened.Kind, ActedAt = happened.At },
        _ => place,
    };

    /// <summary>The first of a month begins where she stood.</summary>
    private ClassPlace InMonth(ClassPlace before, ClassPlace after, DateTimeOffset at)
    {
        var month = StatementMonth.Of(calendar.DateOf(at)).ToString();
        return string.CompareOrdinal(month, before.Month) > 0 ? after with { Month = month, Opening = before.Standing } : after;
    }

    private static async Task Move(ClassPlace place, int times, ProjectionRows rows, CancellationToken cancellation)
    {
        if (place.Month is not { } month || place.Opening == place.Standing) return;
        foreach (var isAll in (bool[])[true, false])
        {
            var id = isAll ? ClassMoves.IdOf(month) : ClassMoves.IdOf(month, place.DealerId);
            var row = await rows.Get<ClassMoves>(id, cancellation)
                ?? new ClassMoves { Month = month, DealerId = isAll ? null : place.DealerId, IsAll = isAll };
            rows.Put(row.Plus(place.Opening, place.Standing, times));
        }
    }

    /// <summary>Of two acts in one moment, leaving is the later.</summary>
    private static bool IsNew(ClassPlace place, MemberEvent act) =>
        place.ActedAt is not { } last || act.At > last || act.At == last && act.Kind == MemberEventKind.Left
            && place.Act != MemberEventKind.Left;

    private static async Task Count(ClassPlace place, int times, ProjectionRows rows, CancellationToken cancellation)
    {
        if (!place.IsCounted) return;
        var row = await rows.Get<ClassRow>(ClassRow.IdOf(place.DealerId, place.Cell!), cancellation)
            ?? new ClassRow { Cell = place.Cell!, DealerId = place.DealerId };
        rows.Put(row with { Members = row.Members + times, Spend = new Money(row.Spend.Fen + times * place.Spend.Fen) });
    }
}
