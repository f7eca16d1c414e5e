using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;

namespace Club.Referrals;

/// <summary>Finds owners whose vehicle has become old enough, by the rules of the day.</summary>
public sealed class RepurchaseSweep(RepurchaseLedger repurchases, ProgrammeLibrary library) : ISweep
{
    public const string Word = "repurchases";

    public string Name => Word;

    public async ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation) =>
        await library.Now(cancellation) is { Current.Repurchase: { } terms, Today: var today }
            ? [new DueQuery(DueIndex.Repurchase, IndexKeys.Date(Months.LastOver(today, terms.VehicleMonths)))] : [];

    public Task Handle(Document due, CancellationToken cancellation) => repurchases.Look(new MemberId(due.Partition), cancellation);
}

/// <summary>What other features ask of repurchases: to lapse, to go, to be told, to move along.</summary>
internal sealed class RepurchaseParts(IClubStore store, RepurchaseLedger repurchases) : IForgets, IErases, IExports, IMovesOnMerge
{
    public string DocumentType => Repurchase.Document;
    string IErases.Name => "repurchases";
    string IExports.Name => "repurchases";

    public Task Forget(Document old, CancellationToken cancellation) =>
        repurchases.Change(new MemberId(old.Partition), old.Id, (one, journal, kept) =>
            RepurchaseRules.Forgotten(one, journal.RecordedAt, journal.Today, kept), cancellation);

    public Task<int> Erase(ErasedPerson person, CancellationToken cancellation) =>
        person.DeleteAll(store, RepurchaseLedger.Own, cancellation);

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var document in store.FindAll(RepurchaseLedger.Own with { Partition = profile.MemberId }, cancellation))
            yield return JsonSerializer.SerializeToNode(document.As<Repurchase>(), ClubJson.Answers)!;
    }

    /// <summary>The account is sealed before, so nobody changes them meanwhile. They are the branch's to which she belongs then.</summary>
    public async Task AfterEntries(Account from, MemberId to, CancellationToken cancellation)
    {
        var branch = (await store.Read<Profile>(to, Profile.Id, cancellation))?.Value.DealerId;
        await store.MoveAll<Repurchase>(RepurchaseLedger.Own, from.MemberId, to, one =>
            one with { MemberId = to, DealerId = one.State == RepurchaseState.Open ? branch ?? one.DealerId : one.DealerId }, cancellation);
    }
}
