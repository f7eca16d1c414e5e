using Club.Kernel;
using Club.Store;

namespace Club.Care;

/// <summary>Plans what is to be said.</summary>
public sealed class CareSweep(PlanCare plan, ClubCalendar calendar) : ISweep
{
    public const string Word = "care";

    public string Name => Word;

    public ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation) =>
        new([new DueQuery(DueIndex.Care, IndexKeys.Date(calendar.Today))]);

    public Task Handle(Document due, CancellationToken cancellation) => plan.Handle(due, cancellation);
}
