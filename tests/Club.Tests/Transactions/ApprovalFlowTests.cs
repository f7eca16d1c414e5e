using System.Text;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Kernel;
using Club.Programmes;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Transactions;

/// <summary>A programme says how much one message gives by itself; with more, staff decide.</summary>
public sealed class ApprovalFlowTests : Flow
{
    private const string Why = "车队采购";
    private static readonly Caller By = Caller.OperatorAs("F004");

    private static async Task<Rejection> Waiting(ClubFixture club) =>
        Assert.Single((
            await club.Store.Find(new IndexQuery(Rejection.RejectedIndex, "", IndexQuery.Last, Limit: 100))).Documents).As<Rejection>();

    private async Task<ClubFixture> OpenWith(decimal most)
    {
        var file = JsonNode.Parse(Repository.Read("functions", "Programmes", "foton.json"))!;
        file["wallets"]![0]!["approveAbove"] = most;
        return await Open(rules: ProgrammeReader.Read(Encoding.UTF8.GetBytes(file.ToJsonString())));
    }

    [Theory]
    [InlineData(4.9, Fate.Booked)]
    [InlineData(4.89, Fate.Rejected)]
    [InlineData(0, Fate.Rejected)]
    public async Task What_gives_more_than_the_programme_lets_waits(decimal most, Fate fate)
    {
        await using var club = await OpenWith(most);
        var memberId = (await club.Register()).MemberId;
        var receipt = Assert.Single(await club.Send(Events.Bill()));
        Assert.Equal((fate, fate == Fate.Rejected ? "needs-approval" : null), (receipt.Fate, receipt.Problem?.Code));
        Assert.Equal(fate == Fate.Booked ? Points.Of(4.9m) : Points.Zero, await club.Balance(memberId));
    }

    [Fact]
    public async Task Once_approved_it_is_booked_once_with_the_name_of_who_approved()
    {
        await using var club = await OpenWith(1);
        var memberId = (await club.Register()).MemberId;
        await club.Send(Events.Bill());
        var id = (await Waiting(club)).Id;
        Assert.Equal(Fate.Rejected, (await club.Get<Accrue>().Replay((await club.Get<Rejections>().Find(id, default))!)).Fate);
        Assert.Equal(Fate.Booked, (await club.Get<Accrue>().Approve(id, Why, By)).Value.Fate);
        Assert.Equal(Fate.Duplicate, (await club.Get<Accrue>().Approve(id, "还是同意", Caller.OperatorAs("F005"))).Value.Fate);
        Assert.Equal(Fate.Duplicate, Assert.Single(await club.Send(Events.Bill())).Fate);
        var entry = Assert.Single(await club.Entries(memberId));
        Assert.Equal(("F004", Points.Of(4.9m)), (entry.ApprovedBy, entry.Points));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_message_of_one_member_holds_no_other_up_and_its_return_waits_for_it()
    {
        await using var club = await OpenWith(1);
        var memberId = (await club.Register()).MemberId;
        var small = Events.Bill("WO-2", lines: [Events.Line("1", "parts", 100m)]);
        var fates = (await club.Send(Events.Bill(), small, Events.Return())).Select(receipt => (receipt.Fate, receipt.Problem?.Code))
            .ToHashSet();
        Assert.Equal([(Fate.Booked, null), (Fate.Rejected, "needs-approval"), (Fate.Rejected, "unknown-original")],
            fates.OrderBy(fate => fate.Code, StringComparer.Ordinal));
        Assert.Equal(Points.Of(1), await club.Balance(memberId));
    }

    [Fact]
    public async Task What_a_stranger_s_message_would_give_is_asked_about_once_he_registers()
    {
        await using var club = await OpenWith(1);
        var memberId = (await club.Register()).MemberId;
        await club.Send(Events.Bill());
        await club.Send(Events.Bill("WO-9", phone: "13900139000"));
        var other = (await club.Register(phone: "13900139000")).MemberId;
        var rejections = (await club.Store.Find(new IndexQuery(Rejection.RejectedIndex, "", IndexQuery.Last, Limit: 100))).Documents.Select(
            document => document.As<Rejection>()).ToArray();
        Assert.All(rejections, rejection => Assert.Equal("needs-approval", rejection.Code));
        foreach (var rejection in rejections)
            Assert.Equal(Fate.Booked, (await club.Get<Accrue>().Approve(rejection.Id, Why, By)).Value.Fate);
        Assert.Equal((1, 1), ((await club.Entries(memberId)).Count, (await club.Entries(other)).Count));
    }

    [Fact]
    public async Task What_was_refused_for_another_reason_cannot_be_approved()
    {
        await using var club = await OpenWith(1);
        await club.Send(Events.Return());
        var refused = await club.Get<Accrue>().Approve((await Waiting(club)).Id, Why, By);
        Assert.Equal("not-awaiting-approval", refused.Problem?.Code);
        Assert.Equal("not-found", (await club.Get<Accrue>().Approve("R-nothing", Why, By)).Problem?.Code);
    }
}
