using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Members;
using Club.Store;

namespace Club.Spending;

/// <summary>What the member spent her points for.</summary>
internal sealed class SpendingExport(IClubStore store, ClubCalendar calendar) : IExports
{
    public string Name => "redemptions";

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = new IndexQuery(Redemption.MemberIndex, "", IndexQuery.Last, Partition: profile.MemberId);
        await foreach (var document in store.FindAll(query, cancellation))
            yield return JsonSerializer.SerializeToNode(RedemptionView.Of(document.As<Redemption>(), calendar.Now, null),
                ClubJson.Answers)!;
    }
}
