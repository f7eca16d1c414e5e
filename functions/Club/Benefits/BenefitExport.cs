using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Kernel;
using Club.Members;

namespace Club.Benefits;

/// <summary>What the member's tier gives, and what she has used of it.</summary>
internal sealed class BenefitExport(MemberBenefits benefits) : IExports
{
    public string Name => "benefits";

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var one in await benefits.List(profile.MemberId, Caller.Operator, cancellation) ?? [])
            yield return JsonSerializer.SerializeToNode(one, ClubJson.Answers)!;
    }
}
