using Club.Desk.Frame;
using Club.Edges;
using Club.Kernel;
using Club.Programmes;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Members;

/// <param name="Tiers">To choose from.</param>
public sealed record SearchModel(PageOf<MemberView> Found, Problem? Problem, IReadOnlyList<Tier> Tiers,
    (string Name, string? Value) Carried, bool IsScoped) : IShowsMembers
{
    public IEnumerable<MemberId> Members => Found.Items.Select(member => member.MemberId);

    public string NameOf(TierCode code) => Tiers.FirstOrDefault(tier => tier.Code == code)?.Name ?? code;
}

/// <summary>Finds members.</summary>
public sealed class SearchPage(MemberSearch search, ProgrammeLibrary library) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        var tiers = (await library.Now(cancellation)).Current.Tiers;
        var asked = SearchQuestion.Read(visit);
        var isScoped = visit.Admitted.IsScoped;
        if (asked.Problem is { } problem)
            return Reply.Of<Search>(new SearchModel(new PageOf<MemberView>([], null), problem, tiers, ("phone", null), isScoped),
                MembersWords.Members, StatusCodes.Status400BadRequest);
        var caller = visit.Admitted;
        if (caller.Dealer is not null && asked.Value.Shown is { } shown) caller = caller with { Before = shown };
        var found = await Paging.Find(visit, (limit, continuation) =>
            search.Find(asked.Value.Criteria, caller, limit, continuation, cancellation));
        return Reply.Of<Search>(new SearchModel(found, null, tiers,
            caller.Dealer is null ? ("phone", null) : asked.Value.Carried, isScoped), MembersWords.Members);
    }
}
