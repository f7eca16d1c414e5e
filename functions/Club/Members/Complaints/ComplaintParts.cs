using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Ledger;
using Club.Store;
using Microsoft.Extensions.Logging;

namespace Club.Members;

/// <summary>Reminds of complaints that are overdue, each day once: they stand out in the list, and the log and a count tell whoever watches
/// the club.</summary>
public sealed partial class ComplaintSweep(ComplaintLedger complaints, ClubCalendar calendar, ILogger<ComplaintSweep> logger) : ISweep
{
    public const string Word = "complaints";

    public string Name => Word;

    public ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation) =>
        new([new DueQuery(DueIndex.Complaint, IndexKeys.Date(calendar.Today))]);

    public async Task Handle(Document due, CancellationToken cancellation)
    {
        var isDue = false;
        var reminded = await complaints.Change(due.As<Complaint>(), now =>
        {
            isDue = now.IsOpen && now.RemindOn <= calendar.Today;
            return isDue ? now with { Reminders = now.Reminders + 1, RemindOn = calendar.Today.AddDays(1) } : now;
        }, cancellation);
        if (!isDue || reminded is not { } complaint) return;
        Telemetry.ComplaintsOverdue.Add(1);
        Log.Overdue(logger, complaint.Id, complaint.MemberId, complaint.DueOn, complaint.Reminders);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Complaint {ComplaintId} of member {MemberId} was due on {DueOn}; reminder {Number}.")]
        public static partial void Overdue(ILogger logger, string complaintId, string memberId, DateOnly dueOn, int number);
    }
}

/// <summary>What other features ask of complaints: to lapse, to go, to be told, to move along.</summary>
internal sealed class ComplaintParts(IClubStore store, ComplaintLedger complaints, ClubCalendar calendar)
    : IForgets, IErases, IExports, IMovesOnMerge
{
    private static readonly IndexQuery All = new(Complaint.MemberIndex, "", IndexQuery.Last, Limit: 50);

    public string DocumentType => "complaint";
    string IErases.Name => "complaints";
    string IExports.Name => "complaints";

    public Task Forget(Document old, CancellationToken cancellation) => complaints.Change(old.As<Complaint>(),
        now => now.ForgetOn <= calendar.Today ? now.Forgotten() : now, cancellation);

    public Task<int> Erase(ErasedPerson person, CancellationToken cancellation) => person.DeleteAll(store, All, cancellation);

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var document in store.FindAll(All with { Partition = profile.MemberId }, cancellation))
            yield return JsonSerializer.SerializeToNode(document.As<Complaint>(), ClubJson.Answers)!;
    }

    /// <summary>The account is sealed before, so nobody changes them meanwhile.</summary>
    public Task AfterEntries(Account from, MemberId to, CancellationToken cancellation) =>
        store.MoveAll<Complaint>(All, from.MemberId, to, one => one with { MemberId = to }, cancellation);
}
