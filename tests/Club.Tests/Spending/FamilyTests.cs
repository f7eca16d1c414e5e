using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Spending;
using Xunit;

using static Club.Tests.Spending.GivingClub;

namespace Club.Tests.Spending;

/// <summary>Who is family with whom: each says so for herself.</summary>
public sealed class FamilyTests : IAsyncDisposable
{
    private readonly ClubFixture _club = new(rules: Rules(), keys: new MemoryStore());

    private Families Families => _club.Get<Families>();

    [Fact]
    public async Task A_family_is_one_when_each_side_has_said_so()
    {
        var (one, other) = (await Member(0), await Member(1));
        var alone = (await Families.Consent(one, other, Staff, Cancellation)).Value;
        Assert.Equal([other], Whom(alone.Given));
        Assert.Empty(alone.Family);
        Assert.Equal([one], Whom((await Families.Of(other, Staff, Cancellation)).Value.Received));
        Assert.False(await Families.AreOne(one, other, Cancellation));
        _club.Clock.Advance(TimeSpan.FromDays(1));
        var both = (await Families.Consent(other, one, Staff, Cancellation)).Value;
        Assert.Equal((one, _club.Get<ClubCalendar>().Now), (Assert.Single(both.Family).MemberId, both.Family[0].Since));
        Assert.True(await Families.AreOne(one, other, Cancellation));
        // The same again is the same; taken back by one side it is over for both.
        Assert.Equal(both.Given[0].Since, (await Families.Consent(other, one, Staff, Cancellation)).Value.Given[0].Since);
        Assert.Empty((await Families.Withdraw(one, other, Staff, Cancellation)).Value.Family);
        Assert.False(await Families.AreOne(other, one, Cancellation));
        Assert.True((await Families.Withdraw(one, other, Staff, Cancellation)).Succeeded);
    }

    [Fact]
    public async Task Nobody_is_family_of_her_own_or_of_nobody_or_of_more_than_eight()
    {
        var one = await Member(0);
        Assert.Equal("invalid-data", (await Families.Consent(one, one, Staff, Cancellation)).Problem!.Code);
        Assert.Equal("not-found", (await Families.Consent(one, new MemberId("M0"), Staff, Cancellation)).Problem!.Code);
        Assert.Equal("not-found", (await Families.Consent(new MemberId("M0"), one, Staff, Cancellation)).Problem!.Code);
        var others = new List<MemberId>();
        for (var i = 1; i < 13; i++) others.Add(await Member(i));
        var done = await Task.WhenAll(others.Select(other => Task.Run(() => Families.Consent(one, other, Staff, Cancellation),
            Cancellation)));
        Assert.Equal((8, 4), (done.Count(each => each.Succeeded), done.Count(each => each.Problem?.Code == "over-limit")));
        Assert.Equal(8, (await Families.Of(one, Staff, Cancellation)).Value.Given.Count);
    }

    [Fact]
    public async Task Who_turns_out_to_be_another_member_stays_family()
    {
        var (owner, other) = (await Member(0), await Member(1));
        var fan = (await _club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "O1" })).MemberId;
        await _club.AreFamily(fan, other);
        await Families.Consent(fan, owner, Staff, Cancellation);
        await _club.Get<Merge>().Handle(fan, owner, Cancellation);
        Assert.True(await Families.AreOne(owner, other, Cancellation));
        foreach (var (mine, hers) in ((MemberId, MemberId)[])[(owner, other), (other, owner)])
        {
            var view = (await Families.Of(mine, Staff, Cancellation)).Value;
            foreach (var ties in (IReadOnlyList<FamilyTie>[])[view.Given, view.Received, view.Family]) Assert.Equal([hers], Whom(ties));
        }
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task Who_is_forgotten_names_nobody_and_is_named_by_nobody()
    {
        var (one, other) = (await Member(0), await Member(1));
        await _club.AreFamily(one, other);
        var receipt = (await _club.Get<EraseMember>().Handle(one, "本人要求", Staff, Cancellation)).Value;
        Assert.Equal(2, receipt.Erased["families"]);
        var left = (await Families.Of(other, Staff, Cancellation)).Value;
        Assert.Equal((0, 0), (left.Given.Count, left.Received.Count));
        Assert.Empty(await _club.Verify());
    }

    private static MemberId[] Whom(IReadOnlyList<FamilyTie> ties) => [.. ties.Select(one => one.MemberId)];

    private async Task<MemberId> Member(int number) => (await _club.Register($"138001380{number:D2}")).MemberId;

    public ValueTask DisposeAsync() => _club.DisposeAsync();
}
