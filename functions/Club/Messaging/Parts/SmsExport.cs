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
        var all = new IndexQuery(SmsRecord.MemberIndex, "", IndexQuery.Last, Limit: 500);
        foreach (var member in profile.MergedFrom.Append(profile.MemberId))
            await foreach (var document in store.FindAll(all with { Partition = member }, cancellation))
                yield return JsonSerializer.SerializeToNode(document.As<SmsRecord>(), ClubJson.Answers)!;
    }
}
