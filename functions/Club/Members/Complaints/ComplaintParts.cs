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
public sealed partial class ComplaintSweep(IClubStore store, ClubCalendar calendar, ILogger<ComplaintSweep> logger) : ISweep
{
    public const string Word = "complaints";

    public string Name => Word;

    public ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation) =>
        new([new DueQuery(DueIndex.Complaint, IndexKeys.Date(calendar.Today))]);

    public async Task Handle(Document due, CancellationToken cancellation)
    {
        var complaint = due.As<Complaint>();
        if (!complaint.IsOpen || !(complaint.RemindOn <= calendar.Today)) return;
        var reminded = complaint with { Reminders = complaint.Reminders + 1, RemindOn = calendar.Today.AddDays(1) };
        if (await store.Commit(due.Partition, [reminded.ToReplace(due.ETag)], cancellation) is not CommitResult.Written) return;
        Telemetry.ComplaintsOverdue.Add(1);
        Log.Overdue(logger, complaint.Id, complaint.MemberId, complaint.DueOn, reminded.Reminders);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Complaint {ComplaintId} of member {MemberId} was due on {DueOn}; reminder {Number}.")]
        public static partial void Overdue(ILogger logger, string complaintId, string memberId, DateOnly dueOn, int number);
    }
}

/// <summary>What other features ask of complaints: to lapse, to go, to be told, to move along.</summary>
internal sealed class ComplaintParts(IClubStore store, ClubCalendar calendar) : IForgets, IErases, IExports, IMovesOnMerge
{
    private static readonly IndexQuery All = new(Complaint.MemberIndex, "", IndexQuery.Last, Limit: 50);

    public string DocumentType => "complaint";
    string IErases.Name => "complaints";
    string IExports.Name => "complaints";

    public async Task Forget(Document old, CancellationToken cancellation)
    {
        var complaint = old.As<Complaint>();
        if (complaint.ForgetOn <= calendar.Today)
            await store.Commit(old.Partition, [complaint.Forgotten().ToReplace(old.ETag)], cancellation);
    }

    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var erased = 0;
        foreach (var member in person.Members)
            while ((await store.Find(All with { Partition = member }, cancellation)).Documents is { Count: > 0 } page)
                if (await store.Commit(member, [.. page.Select(one => new Write.Delete(one.Id, one.ETag))], cancellation)
                    is CommitResult.Written)
                    erased += page.Count;
        return erased;
    }

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var document in store.FindAll(All with { Partition = profile.MemberId }, cancellation))
            yield return JsonSerializer.SerializeToNode(document.As<Complaint>(), ClubJson.Answers)!;
    }

    /// <summary>Each is made there, then taken out here; what a crash leaves twice, the repeat takes out.</summary>
    public async Task AfterEntries(Account from, MemberId to, CancellationToken cancellation)
    {
        while ((await store.Find(All with { Partition = from.MemberId }, cancellation)).Documents is { Count: > 0 } page)
            foreach (var document in page)
            {
                await store.Commit(to, [(document.As<Complaint>() with { MemberId = to }).ToCreate()], cancellation);
                await store.Commit(from.MemberId, [new Write.Delete(document.Id, document.ETag)], cancellation);
            }
    }
}
