using Club.Access;
using Club.Edges;
using Club.Kernel;

namespace Club.Desk.Frame;

/// <summary>What members are called in lists that hold their ids.</summary>
public static class MemberNames
{
    /// <returns>Of those who are the caller's to see.</returns>
    public static async Task<IReadOnlyDictionary<MemberId, string>> Find(Visit visit, MemberViews views, IEnumerable<MemberId> members,
        CancellationToken cancellation)
    {
        var names = new Dictionary<MemberId, string>();
        if (visit.For(Right.ReadMember) is not { } reader) return names;
        foreach (var id in members.Distinct())
            if (await views.Member(id, reader, cancellation) is { } member) names[id] = member.Name ?? member.CardNumber;
        return names;
    }
}
