using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Members;
using Club.Store;

namespace Club.Messaging;

/// <summary>Every message to the member.</summary>
internal sealed class SmsExport(IClubStore store) : IExports
{
    public string Name => "messages";

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var all = new IndexQuery(SmsRecord.MemberIndex, "", IndexQuery.Last, Partition: profile.MemberId, Limit: 500);
        await foreach (var document in store.FindAll(all, cancellation))
            yield return JsonSerializer.SerializeToNode(document.As<SmsRecord>(), ClubJson.Answers)!;
    }
}
