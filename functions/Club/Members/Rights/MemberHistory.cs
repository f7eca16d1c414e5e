using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Members;

/// <summary>What happened to a member besides points: came, left, told something else, consented, was written to, rose.</summary>
public sealed class MemberHistory(IClubStore store) : IExports
{
    public string Name => "events";

    /// <summary>Of one member, and not of whoever was merged into her.</summary>
    /// <param name="isMasked">To whom she is shown masked, the words of others about her are not told, nor between which dealers she
    /// went.</param>
    /// <returns>In the order of time where the store has it for free.</returns>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<MemberEvent> Items, string? Continuation)> List(MemberId memberId, bool isMasked, int limit,
        string? continuation, CancellationToken cancellation)
    {
        var page = await store.Find(Of(memberId) with { Limit = limit, Continuation = continuation }, cancellation);
        var told = page.Documents.Select(document => document.As<MemberEvent>()).Select(one => isMasked ? Masked(one) : one);
        return ([.. told.OrderBy(happened => happened.At)], page.Continuation);
    }

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var member in profile.MergedFrom.Append(profile.MemberId))
            await foreach (var document in store.FindAll(Of(member) with { Limit = 500 }, cancellation))
                yield return JsonSerializer.SerializeToNode(document.As<MemberEvent>(), ClubJson.Answers)!;
    }

    private static MemberEvent Masked(MemberEvent happened) => happened with
    {
        Reason = null,
        Author = null,
        From = happened.Kind == MemberEventKind.Transferred ? null : happened.From,
        To = happened.Kind == MemberEventKind.Transferred ? null : happened.To,
        DealerId = null,
    };

    private static IndexQuery Of(MemberId memberId) => new(MemberEvent.AtIndex, "", IndexQuery.Last, Partition: memberId);
}
