using Club.Kernel;
using Club.Store;

namespace Club.Ledger;

/// <summary>Takes lapsed lots out of the wallets.</summary>
public sealed class PointsSweep(MemberLedger ledger, ClubCalendar calendar) : ISweep
{
    public const string Word = "points";

    public string Name => Word;

    public ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation) =>
        new([new DueQuery(DueIndex.Points, IndexKeys.Date(calendar.Today))]);

    public Task Handle(Document due, CancellationToken cancellation) => ledger.Change(due, ExpiryPosting.Expire, cancellation);
}
