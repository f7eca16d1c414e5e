using Club.Desk.Frame;
using Club.Desk.Parts;
using Club.Desk.Rooms.Members.Till;
using Club.Edges;
using Club.Kernel;
using Club.Members;
using Club.Programmes;

namespace Club.Desk.Rooms.Members;

/// <summary>Who a page of one member is about.</summary>
/// <param name="Carried">What she has shown to another dealer's staff: every link to her says it again.</param>
public sealed record MemberHead(MemberView Member, bool IsMasked, ProgrammeVersions Rules, (string Name, string? Value) Carried)
{
    public string TierName => Rules.Current.FindTier(Member.Tier)?.Name ?? Member.Tier;

    public string At(params string[] parts) => Visit.To(MembersRoom.Address, [Member.MemberId, .. parts], Carried);

    public IEnumerable<Tab> Tabs(Visit visit)
    {
        var here = visit.Path.Split('/') is [_, _, var page, ..] ? page : "";
        yield return new Tab(MembersWords.Overview, At(), here.Length == 0);
        yield return new Tab(MembersWords.Entries, At("entries"), here == "entries");
        yield return new Tab(MembersWords.Benefits, At("benefits"), here == "benefits");
        if (visit.May(Access.Right.Redeem)) yield return new Tab(TillWords.Spend, At("spend"), here == "spend");
        if (visit.May(Access.Right.ReadMessages)) yield return new Tab(MembersWords.Messages, At("messages"), here == "messages");
        yield return new Tab(MembersWords.History, At("history"), here == "history");
        if (visit.May(Access.Right.ReadComplaints)) yield return new Tab(MembersWords.Complaints, At("complaints"), here == "complaints");
        if (visit.May(Access.Right.CorrectMember))
            yield return new Tab(MembersWords.Acts, At("acts"), here is "acts" or "correct" or "consent" or "transfer" or "erase");
    }
}

/// <summary>Finds the member that a page is about, as far as she is the caller's to see.</summary>
public sealed class MemberFile(Membership membership, MemberViews views, ProgrammeLibrary library)
{
    public async Task<MemberHead?> Open(Visit visit, CancellationToken cancellation)
    {
        if (await membership.See(new MemberId(visit.Value("id")), visit.Admitted, cancellation) is not { } seen) return null;
        return new MemberHead(await views.View(seen, cancellation), seen.IsMasked, await library.Now(cancellation),
            Bystander.Carried(visit));
    }
}
