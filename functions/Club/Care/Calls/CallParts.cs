using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;
using Microsoft.Extensions.Options;

namespace Club.Care;

/// <summary>What other features ask of calls: to lapse, to go, to be told, to move along.</summary>
internal sealed class CallParts(IClubStore store, ClubCalendar calendar, NextChannel next, IOptions<RetentionOptions> retention)
    : IForgets, IErases, IExports, IMovesOnMerge
{
    private static readonly IndexQuery Own = new(CareCall.MemberIndex, "", IndexQuery.Last, Limit: 50);

    public string DocumentType => CareCall.Document;
    string IErases.Name => "calls";
    string IExports.Name => "calls";

    public async Task Forget(Document old, CancellationToken cancellation)
    {
        var call = old.As<CareCall>();
        if (call.ForgetOn is not { } day || day > calendar.Today) return;
        // Nobody reached her: the next channel has its turn, and the call is over after that.
        if (call is { State: CallState.Open, Then: { } then }) await next.After(call.MemberId, call.Occasion, then, cancellation);
        await store.Commit(old.Partition,
            [CallRules.Forgotten(call, calendar.Today, retention.Value.MessageDays).ToReplace(old.ETag)], cancellation);
    }

    public Task<int> Erase(ErasedPerson person, CancellationToken cancellation) => person.DeleteAll(store, Own, cancellation);

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var document in store.FindAll(Own with { Partition = profile.MemberId }, cancellation))
            yield return JsonSerializer.SerializeToNode(document.As<CareCall>(), ClubJson.Answers)!;
    }

    /// <summary>The account is sealed before, so nobody changes them meanwhile.</summary>
    public Task AfterEntries(Account from, MemberId to, CancellationToken cancellation) =>
        store.MoveAll<CareCall>(Own, from.MemberId, to, call => call with { MemberId = to }, cancellation);
}
