using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Spending;

/// <summary>Frees the points of holds whose time is over.</summary>
public sealed class HoldSweep(MovesLedger moves, ClubCalendar calendar) : ISweep
{
    public const string Word = "holds";

    public string Name => Word;

    public ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation) =>
        new([new DueQuery(DueIndex.Hold, IndexKeys.Moment(calendar.Now))]);

    public Task Handle(Document due, CancellationToken cancellation) => moves.Lapse(new MemberId(due.Partition), cancellation);
}

/// <summary>Settles what is owed by overdrafts at their deadline.</summary>
public sealed class OverdraftSweep(MemberLedger ledger, ClubCalendar calendar) : ISweep
{
    public const string Word = "overdrafts";

    public string Name => Word;

    public ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation) =>
        new([new DueQuery(DueIndex.Overdraft, IndexKeys.Date(calendar.Today))]);

    public Task Handle(Document due, CancellationToken cancellation) => ledger.Change(due, OverdraftRules.End, cancellation);
}
