using Club.Care;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Running;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Cosmos;

/// <summary>Points are neither lost nor doubled whatever happens to the answer of a commit.</summary>
public sealed class CosmosRedeliveryTests(GatewayAccount account) : IClassFixture<GatewayAccount>
{
    /// <summary>The first commit of a transaction is its key, the second its entry.</summary>
    [Theory]
    [InlineData(0, false, Fate.Booked)]
    [InlineData(0, true, Fate.Booked)]
    [InlineData(1, false, Fate.Booked)]
    [InlineData(1, true, Fate.Duplicate)]
    public async Task A_transaction_whose_commit_went_unanswered_is_delivered_again_and_counts_once(int before, bool carried, Fate fate)
    {
        await using var club = new ClubFixture(store: await account.NewStore());
        var member = await club.Register();
        account.Gateway.Faults.Set(Asked.Batch, carried ? Fault.ResetAfterwards : Fault.Reset, times: 1, spared: before);
        await Assert.ThrowsAsync<StoreException>(() => club.Send(Events.Bill()));

        var receipt = Assert.Single(await club.Send(Events.Bill()));

        Assert.Equal(fate, receipt.Fate);
        Assert.Equal(Points.Of(4.9m), await club.Balance(member.MemberId));
        Assert.Single(await club.Entries(member.MemberId));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task An_accrual_takes_two_batches_and_few_reads()
    {
        await using var club = new ClubFixture(store: await account.NewStore());
        await club.Register();
        await club.Send(Events.Bill("WARM"));
        int[] Requests() => [.. new[] { Asked.Read, Asked.Batch, Asked.QueryPlan, Asked.Query }.Select(account.Gateway.Faults.Requests)];
        var before = Requests();

        await club.Send(Events.Bill());

        // The claim, the account; the key; entry and account. Nothing is asked of all ranges.
        Assert.Equal([2, 2, 0, 0], Requests().Zip(before, (after, earlier) => after - earlier));
    }

    [Fact]
    public async Task A_club_whose_every_commit_is_sent_twice_is_the_same_club()
    {
        await using var club = new ClubFixture(store: await account.NewStore());
        account.Gateway.Faults.Set(Asked.Batch, Fault.Repeated);
        try
        {
            await club.Send(Events.Bill("PARKED-1"));
            var fan = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-fan", SmsConsent = true });
            await club.Send(Events.Bill("FAN-1", member: new { openId = "o-fan" }));
            await club.Send(Events.Return("FAN-1", "FAN-1-R", lines: [new { lineId = "1", amount = 100m }]));
            var member = await club.Register(with: registration => registration with { OpenId = "o-fan", SmsConsent = true });
            await club.Sweep(FinishSweep.Word);
            await club.Sweep(CareSweep.Word, SmsSweep.Word);

            Assert.Equal(Points.Of(4.9m + 3.9m), await club.Balance(member.MemberId));
            Assert.Equal(member.MemberId, (await club.Get<Membership>().Find(fan.MemberId, default))!.MemberId);
            var lapse = (await club.Account(member.MemberId)).NextLapse!.Value;
            club.At(lapse.Year, lapse.Month, lapse.Day);
            await club.Sweep(PointsSweep.Word);
            Assert.Equal(Points.Zero, await club.Balance(member.MemberId));
            Assert.Empty(await club.Verify());
        }
        finally
        {
            account.Gateway.Faults.Clear();
        }
    }
}
