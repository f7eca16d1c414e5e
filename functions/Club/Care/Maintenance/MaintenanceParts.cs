using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Care;

/// <summary>What other features ask of maintenance that is due, and of what odometers showed: to lapse, to go, to be told, to move
/// along.</summary>
internal sealed class MaintenanceParts(IClubStore store, MemberLedger ledger, ClubCalendar calendar)
    : IForgets, IErases, IExports, IMovesOnMerge
{
    private static readonly IndexQuery Own = new(DueVisit.DayIndex, "", IndexQuery.Last, Limit: 1);

    public string DocumentType => DueVisit.Document;
    string IErases.Name => "maintenance";
    string IExports.Name => "maintenance";

    public async Task Forget(Document old, CancellationToken cancellation)
    {
        if (old.As<DueVisit>().ForgetOn <= calendar.Today)
            await store.Commit(old.Partition, [new Write.Delete(old.Id, old.ETag)], cancellation);
    }

    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var erased = 0;
        foreach (var member in person.Members)
        {
            while (await store.Read(member, DueVisit.Id, cancellation) is { } due)
                if (await store.Commit(member, [new Write.Delete(due.Id, due.ETag)], cancellation) is CommitResult.Written) erased++;
            if (await store.Read<Account>(member, Account.Id, cancellation) is not { Value: { MergedInto: null, Driven: not null } })
                continue;
            await ledger.Change(member, journal =>
            {
                journal.Account = journal.Account with { Driven = null };
                return true;
            }, cancellation);
            erased++;
        }
        return erased;
    }

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if ((await store.Read<DueVisit>(profile.MemberId, DueVisit.Id, cancellation))?.Value is { } due)
            yield return JsonSerializer.SerializeToNode(due, ClubJson.Answers)!;
        foreach (var vehicle in (await ledger.Load(profile.MemberId, cancellation)).Driven ?? [])
            yield return JsonSerializer.SerializeToNode(vehicle, ClubJson.Answers)!;
    }

    public Task AfterEntries(Account from, MemberId to, CancellationToken cancellation) =>
        store.MoveAll<DueVisit>(Own, from.MemberId, to, due => due with { MemberId = to }, cancellation);
}
