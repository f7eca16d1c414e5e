using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Edges;
using Club.Kernel;
using Club.Referrals;

namespace Club.Desk.Rooms.Referring;

/// <param name="Names">Of those who are the caller's to see.</param>
public sealed record ReferralsModel(PageOf<ReferralView> Found, ReferralState? State, IReadOnlyDictionary<MemberId, string> Names,
    Said? Done) : IShowsMembers
{
    public IEnumerable<MemberId> Members => Found.Items.Select(one => one.MemberId).Distinct();
}

/// <summary>Referrals, the latest first.</summary>
public sealed class ReferralsPage(ReferralDesk desk, MemberViews views) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        ReferralState? state = Enum.TryParse<ReferralState>(visit.Asked("state"), ignoreCase: true, out var named) && Enum.IsDefined(named)
            ? named : null;
        DealerId? dealer = visit.Asked("dealerId") is { } code ? new DealerId(code) : null;
        var found = await Paging.Find(visit, (limit, continuation) =>
            desk.List(state, dealer, visit.Admitted, limit, continuation, cancellation));
        var names = await MemberNames.Find(visit, views,
            found.Items.Select(one => one.MemberId).Concat(found.Items.Select(one => one.BoughtBy).OfType<MemberId>()), cancellation);
        return Reply.Of<ReferralList>(new ReferralsModel(found, state, names, visit.Asked("done") == "reported" ? ReferringWords.Reported : null),
            ReferringWords.Referrals);
    }
}
