using Club.Kernel;
using Club.Programmes;
using Club.Store;

namespace Club.Care;

/// <summary>Plans what is to be said.</summary>
public sealed class CareSweep(PlanCare plan, AskAboutComplaint ask, ProgrammeLibrary library, ClubCalendar calendar) : ISweep
{
    public const string Word = "care";

    public string Name => Word;

    public async ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation)
    {
        var own = new DueQuery(DueIndex.Care, IndexKeys.Date(calendar.Today));
        var rules = await library.Now(cancellation);
        // Where nobody is to be asked, nothing is due.
        var asked = AskAboutComplaint.Until(rules.Current, rules.Today) ?? DateOnly.MinValue;
        return [own, new DueQuery(DueIndex.ComplaintCare, IndexKeys.Date(asked))];
    }

    public Task Handle(Document due, CancellationToken cancellation) =>
        due.Type == "complaint" ? ask.Handle(due, cancellation) : plan.Handle(due, cancellation);
}
