using System.Text;
using Club.Access;
using Club.Kernel;
using Club.Members;
using Club.Spending;
using Club.Store;
using Xunit;

namespace Club.Tests.Spending;

/// <summary>What staff and tills write beside points stays when the person is forgotten, so it must not tell of her.</summary>
public sealed class StayingTextTests
{
    private const string Phone = "13800138000", Name = "王小明";

    [Theory]
    [InlineData("王小明 改变主意")]
    [InlineData("来电 138-0013-8000")]
    [InlineData("１３８００１３８０００")]
    public async Task A_text_that_names_her_is_not_taken(string text)
    {
        await using var club = new ClubFixture(rules: Till.Book());
        var (till, redemptions) = (new Till(club), club.Get<Redemptions>());
        var member = (await club.Register(Phone, one => one with { Name = Name })).MemberId;
        await till.Earn("WO-0", 500);
        var request = new RedemptionRequest(null, Points.Of(100), new SpentFor(SpentKind.Bill, Money.Of(700), new DealerId("D001"), Reference: text), false);
        Refused("$.for.reference", await redemptions.Redeem(member, request, till.Key(), Caller.Operator, default));
        var held = (await till.Redeemed(member, 100, hold: true)).RedemptionId;
        Refused("$.reason", await redemptions.Cancel(held, text, till.Key(), Caller.Operator, default));
        var spent = (await till.Redeemed(member, 100)).RedemptionId;
        Refused("$.reason", await redemptions.Refund(spent, new RefundRequest(null, text), till.Key(), Caller.Operator, default));
        Assert.True((await till.Refund(spent)).Succeeded);
        Assert.Empty(await club.Verify());

        static void Refused(string path, Outcome<Answered<RedemptionView>> outcome) =>
            Assert.Equal(("invalid-data", path), (outcome.Problem!.Code, outcome.Problem.Path));
    }

    [Fact]
    public async Task Nothing_of_her_is_left_in_what_she_spent()
    {
        await using var club = new ClubFixture(rules: Till.Book(), keys: new MemoryStore());
        var till = new Till(club);
        var member = (await club.Register(Phone, one => one with { Name = Name })).MemberId;
        await till.Earn("WO-0", 500);
        var held = (await till.Redeemed(member, 100, hold: true)).RedemptionId;
        await till.Redeemed(member, 100, hold: true);
        await till.Cancel(held);
        await till.Refund((await till.Redeemed(member, 200)).RedemptionId, 50);
        await club.Get<EraseMember>().Handle(member, "本人申请", Caller.OperatorAs("A017"), default);
        club.Clock.Advance(TimeSpan.FromHours(1));
        await club.Sweep(HoldSweep.Word);
        var all = string.Concat((await club.Changes()).Select(document => Encoding.UTF8.GetString(document.Json.Span)));
        Assert.DoesNotContain(Phone, all, StringComparison.Ordinal);
        Assert.DoesNotContain(Name, all, StringComparison.Ordinal);
        Assert.Empty(await club.Verify());
    }
}
