using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Edges;

/// <summary>The member's wallets and tier, as she sees them.</summary>
internal sealed class AccountExport(MemberViews views) : IExports
{
    public string Name => "account";

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await views.Account(profile.MemberId, Caller.Operator, cancellation) is { } account)
            yield return JsonSerializer.SerializeToNode(account, ClubJson.Answers)!;
    }
}

/// <summary>Every entry with its explanation, the first first.</summary>
internal sealed class EntryExport(IClubStore store) : IExports
{
    private const long Last = 9_999_999_999;

    public string Name => "entries";

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var all = new IndexQuery(Entry.SequenceIndex, Entry.SequenceKey(profile.MemberId, 1), Entry.SequenceKey(profile.MemberId, Last),
            Partition: profile.MemberId, Limit: 500);
        await foreach (var document in store.FindAll(all, cancellation)) yield return EntryView.Of(document.As<Entry>());
    }
}

/// <summary>Who changed or read what is hers.</summary>
internal sealed class AuditExport(AuditTrail audit) : IExports
{
    private const int PageSize = 200;

    public string Name => "readings";

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var criteria in profile.MergedFrom.Append(profile.MemberId).Select(member => new AuditCriteria(member, null, null, null)))
        {
            string? continuation = null;
            do
            {
                var (items, next) = await audit.Find(criteria, PageSize, continuation, cancellation);
                foreach (var record in items) yield return JsonSerializer.SerializeToNode(record, ClubJson.Answers)!;
                continuation = next;
            } while (continuation is not null);
        }
    }
}
