using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Referrals;
using Club.Running;
using Club.Spending;
using Club.Store;
using Club.Tests.Joining;
using Xunit;

namespace Club.Tests.Members;

/// <summary>What is asked for at any moment at which she is being forgotten leaves nothing open that nobody can end.</summary>
public sealed class EraseMeanwhileTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("referral")]
    [InlineData("adjustment")]
    public async Task Nothing_begins_for_somebody_who_is_forgotten(string what)
    {
        for (var call = 1; ; call++)
        {
            var (store, keys) = (new InterruptedStore(new MemoryStore()), new MemoryStore());
            await using var club = new ClubFixture("skoda", store.Inner, keys: keys);
            await using var slow = new ClubFixture("skoda", store, keys: keys);
            var member = (await club.Register()).MemberId;
            var isMet = false;
            store.At(call, async () =>
            {
                isMet = true;
                Assert.True((await club.Get<EraseMember>().Handle(member, "本人申请", Caller.OperatorAs("A017"), Cancellation)).Succeeded);
            });
            await Ask(what, slow, member);
            if (!isMet) return;
            await club.Sweep(FinishSweep.Word);
            Assert.Equal(0, await Open(what, club));
            Assert.Equal([], await club.Verify());
        }
    }

    private static async Task Ask(string what, ClubFixture club, MemberId member)
    {
        if (what == "referral")
            await club.Get<ReferralDesk>().Report(member, new ReferralRequest(PhoneNumber.Parse("13900139000").Value, null, "李雷", null),
                Caller.OperatorAs("A017"), Cancellation);
        else
            await club.Get<Adjustments>().Ask(member, new AdjustmentRequest(new WalletCode("club"), Points.Of(1_000_000), "补录", null),
                new Command("k", "a"), Caller.OperatorAs("A017"), Cancellation);
    }

    private static async Task<int> Open(string what, ClubFixture club) => what == "referral"
        ? (await club.Get<ReferralDesk>().List(ReferralState.Open, null, Caller.Operator, 50, null, Cancellation)).Items.Count
        : (await club.Get<Adjustments>().List(AdjustmentState.AwaitingApproval, 50, null, Cancellation)).Items.Count;
}
