using Club.Care;
using Club.Desk.Frame;
using Club.Kernel;
using Club.Programmes;

namespace Club.Desk.Rooms.Care;

/// <param name="Effects">Null: the months that were asked for are none.</param>
public sealed record CareModel(IReadOnlyList<CareMessage> Plan, CareLimit? Limit, CareEffectsView? Effects, Problem? Problem);

/// <summary>What is said on which occasion, and what comes of it.</summary>
public sealed class CarePage(CareEffects effects, ProgrammeLibrary library, ClubCalendar calendar) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        var programme = (await library.Now(cancellation)).Current;
        var months = MonthRange.Read(visit.Asked("from"), visit.Asked("to"), calendar.Today);
        return Reply.Of<Plan>(new CareModel(programme.Care, programme.CareLimit,
            months.Problem is null ? await effects.Of(months.Value, cancellation) : null, months.Problem), CareWords.Care);
    }
}
