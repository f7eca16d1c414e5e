using Club.Kernel;
using Club.Messaging;
using Club.Store;

namespace Club.Care;

/// <summary>Sends what was planned, once its moment has come.</summary>
public sealed class SmsSweep(SendSms send, ClubCalendar calendar) : ISweep
{
    public const string Word = "sms";

    public string Name => Word;

    public ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation) =>
        new([new DueQuery(DueIndex.Sms, IndexKeys.Moment(calendar.Now))]);

    public Task Handle(Document due, CancellationToken cancellation) => send.Handle(due.ToStored<SmsRecord>(), cancellation);
}
