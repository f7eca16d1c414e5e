using Club.Identity;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Spending;
using Xunit;

using static Club.Tests.Spending.GivingClub;

namespace Club.Tests.Spending;

/// <summary>Points from one member to another.</summary>
public sealed class TransferTests
{
    [Fact]
    public async Task The_very_lots_go_with_their_price_payer_and_end_and_the_fee_comes_on_top()
    {
        await using var club = new ClubFixture(rules: Rules());
        var (giver, receiver) = (await club.Register(), await club.Register("13800138001"));
        await club.Grant(giver.MemberId, 60);
        club.At(2026, 4, 1);
        await club.Send(Events.Bill("A", dealerId: "D001", time: "2026-04-01T10:00:00+08:00"));
        club.At(2026, 5, 1);
        await club.Grant(giver.MemberId, 60);
        var mine = (await club.Account(giver.MemberId)).Wallet(GivingClub.Club).Lots;

        var given = (await club.Give(giver.MemberId, receiver, 100)).Value.Answer;

        Assert.Equal((5m, false, 19.9m), (given.Fee.Value, given.WithinFamily, given.Balance.Value));
        Assert.Equal([60m, 4.9m, 35.1m], given.Lots.Select(lot => lot.Points.Value));
        var hers = (await club.Account(receiver.MemberId)).Wallet(GivingClub.Club).Lots;
        Assert.Equal(mine.Select(lot => (lot.Id, lot.EarnedOn, lot.LapsesOn, lot.UnitCost, lot.DealerId, lot.Payers[0].Funder)),
            hers.Select(lot => (lot.Id, lot.EarnedOn, lot.LapsesOn, lot.UnitCost, lot.DealerId, lot.Payers[0].Funder)));
        Assert.Equal("D001", hers[1].DealerId!.Value.Value);
        var (taken, got) = ((await club.Entries(giver.MemberId))[0], Assert.Single(await club.Entries(receiver.MemberId)));
        Assert.Equal((EntryKind.TransferOut, -105m, EntryKind.TransferIn, 100m), (taken.Kind, taken.Points.Value, got.Kind,
            got.Points.Value));
        Assert.Equal((receiver.MemberId, giver.MemberId, taken.Move!.Id), (taken.Move.With!.Value, got.Move!.With!.Value, got.Move.Id));
        Assert.Equal([new CounterLine("transfer", Points.Of(100)), new CounterLine("programme", Points.Of(5))], taken.Counter);
        Assert.Equal([new CounterLine("transfer", Points.Of(-100))], got.Counter);
        Assert.Equal(TransferState.Done, (await club.Transfer(given.TransferId)).State);
        await club.AllComesToNothing();
    }

    [Fact]
    public async Task So_often_and_so_many_a_year_and_again_the_next()
    {
        await using var club = new ClubFixture(rules: Rules());
        var (giver, receiver) = (await club.Register(), await club.Register("13800138001"));
        await club.Grant(giver.MemberId, 1000);
        Assert.Equal("not-offered", (await club.Give(giver.MemberId, receiver, 9.99m)).Problem!.Code);
        var over = (await club.Give(giver.MemberId, receiver, 500.01m)).Problem!;
        Assert.Equal(("over-limit", 500m), (over.Code, over.Numbers!["available"]));
        Assert.True((await club.Give(giver.MemberId, receiver, 300)).Succeeded);
        Assert.Equal(200, (await club.Give(giver.MemberId, receiver, 201)).Problem!.Numbers!["available"]);
        Assert.True((await club.Give(giver.MemberId, receiver, 10)).Succeeded);
        Assert.Equal("over-limit", (await club.Give(giver.MemberId, receiver, 10)).Problem!.Code);
        club.At(2027, 1, 1);
        Assert.True((await club.Give(giver.MemberId, receiver, 10)).Succeeded);
        await club.AllComesToNothing();
    }

    [Fact]
    public async Task The_fee_is_part_of_what_must_be_there()
    {
        await using var club = new ClubFixture(rules: Rules());
        var (giver, receiver) = (await club.Register(), await club.Register("13800138001"));
        await club.Grant(giver.MemberId, 104.99m);
        var lacking = (await club.Give(giver.MemberId, receiver, 100)).Problem!;
        Assert.Equal(("insufficient-points", 0.01m), (lacking.Code, lacking.Numbers!["missing"]));
        await club.Grant(giver.MemberId, 0.01m);
        Assert.Equal(0, (await club.Give(giver.MemberId, receiver, 100)).Value.Answer.Balance.Value);
    }

    [Fact]
    public async Task Within_a_family_there_is_neither_fee_nor_limit()
    {
        await using var club = new ClubFixture(rules: Rules());
        var (giver, receiver, other) = (await club.Register(), await club.Register("13800138001"), await club.Register("13800138002"));
        for (var i = 0; i < 3; i++) await club.Grant(giver.MemberId, 1000);
        await club.AreFamily(giver.MemberId, receiver.MemberId);
        for (var i = 0; i < 3; i++)
            Assert.Equal((0m, true), (await club.Give(giver.MemberId, receiver, 600)).Value.Answer is var one ? (one.Fee.Value,
                one.WithinFamily) : default);
        // What went within the family counts for nothing outside of it.
        Assert.Equal(25, (await club.Give(giver.MemberId, other, 500)).Value.Answer.Fee.Value);
        await club.Get<Families>().Withdraw(receiver.MemberId, giver.MemberId, Staff, Cancellation);
        Assert.Equal("over-limit", (await club.Give(giver.MemberId, receiver, 10)).Problem!.Code);
        await club.AllComesToNothing();
    }

    [Fact]
    public async Task Nobody_gives_to_herself_by_whatever_card()
    {
        await using var club = new ClubFixture(rules: Rules());
        var owner = await club.Register();
        var fan = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "O1" });
        await club.Grant(owner.MemberId, 100);
        Assert.Equal("invalid-data", (await club.Give(owner.MemberId, owner, 10)).Problem!.Code);
        await club.Get<Merge>().Handle(fan.MemberId, owner.MemberId, Cancellation);
        Assert.Equal("invalid-data", (await club.Give(owner.MemberId, fan, 10)).Problem!.Code);
        Assert.Equal("invalid-data", (await club.Give(fan.MemberId, owner, 10)).Problem!.Code);
        foreach (var to in (string[])[$$"""{"memberId":"{{fan.MemberId}}"}""", """{"phone":"13800138000"}"""])
            Assert.Equal("invalid-data", (await club.Get<PointTransfers>().Give(owner.MemberId, Wish(to, 10), Key(), Staff, Cancellation)).Problem!.Code);
        Assert.Equal(100, await club.Has(owner.MemberId));
    }

    /// <summary>A card that nobody ever had, one of somebody who has left and one of somebody who is forgotten tell the same.</summary>
    [Fact]
    public async Task Who_is_not_there_gets_nothing_and_nothing_is_told_of_her()
    {
        await using var club = new ClubFixture(rules: Rules(), keys: new MemoryStore());
        var giver = await club.Register();
        await club.Grant(giver.MemberId, 100);
        var gone = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "O1" });
        var forgotten = await club.Register("13800138001");
        await club.Get<Membership>().LeaveWeChat("O1", club.Get<ClubCalendar>().Now, Cancellation);
        await club.Get<EraseMember>().Handle(forgotten.MemberId, "本人要求", Staff, Cancellation);
        var never = CardNumber.Derive(new MemberId("M0"), 0).Value;
        var told = new List<Problem>();
        foreach (var card in (string[])[never, gone.CardNumber, forgotten.CardNumber])
            told.Add((await club.Get<PointTransfers>().Give(giver.MemberId, Wish($$"""{"cardNumber":"{{card}}"}""", 10), Key(), Staff,
                Cancellation)).Problem!);
        Assert.Equal("not-found", Assert.Single(told.Distinct()).Code);
        Assert.Equal(100, await club.Has(giver.MemberId));
    }

    [Fact]
    public async Task The_same_key_gives_once_and_with_other_content_not_at_all()
    {
        await using var club = new ClubFixture(rules: Rules());
        var (giver, receiver) = (await club.Register(), await club.Register("13800138001"));
        await club.Grant(giver.MemberId, 100);
        var first = (await club.Give(giver.MemberId, receiver, 10, "t")).Value;
        var again = (await club.Give(giver.MemberId, receiver, 10, "t")).Value;
        Assert.Equal((false, true), (first.IsRepeat, again.IsRepeat));
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(first.Answer, ClubJson.Answers),
            System.Text.Json.JsonSerializer.Serialize(again.Answer, ClubJson.Answers));
        Assert.Equal("different-content", (await club.Give(giver.MemberId, receiver, 11, "t")).Problem!.Code);
        Assert.Equal((89.5m, 10m), (await club.Has(giver.MemberId), await club.Has(receiver.MemberId)));
    }

    [Fact]
    public async Task What_the_receiver_owes_is_repaid_first()
    {
        await using var club = new ClubFixture(rules: Rules(Free));
        var (giver, receiver) = (await club.Register(), await club.Register("13800138001"));
        await club.Grant(giver.MemberId, 100);
        await club.Send(Events.Bill("A", "13800138001", dealerId: "D001"));
        await club.Give(receiver.MemberId, giver, 4.9m);
        await club.Send(Events.Return("A"));
        Assert.Equal(-4.9m, await club.Has(receiver.MemberId));
        await club.Give(giver.MemberId, receiver, 50);
        var wallet = (await club.Account(receiver.MemberId)).Wallet(GivingClub.Club);
        Assert.Equal((45.1m, null), (Assert.Single(wallet.Lots).Remaining.Value, wallet.Debt));
        await club.AllComesToNothing();
    }

    [Fact]
    public async Task Branch_points_stay_with_whom_they_were_given_to()
    {
        await using var club = new ClubFixture(rules: Rules());
        var (giver, receiver) = (await club.Register(), await club.Register("13800138001"));
        await club.Grant(giver.MemberId, 100, "branch");
        Assert.Equal("wrong-dealer", (await club.Give(giver.MemberId, receiver, 10, wallet: "branch")).Problem!.Code);
        Assert.Equal("insufficient-points", (await club.Give(giver.MemberId, receiver, 10)).Problem!.Code);
        await using var none = new ClubFixture();
        Assert.Equal("not-offered", (await none.Give((await none.Register()).MemberId, await none.Register("13800138001"), 10)).Problem!.Code);
    }

    [Fact]
    public async Task Sixty_four_calls_at_once_give_the_last_points_once()
    {
        await using var club = new ClubFixture(rules: Rules(Free));
        var (giver, receiver) = (await club.Register(), await club.Register("13800138001"));
        await club.Grant(giver.MemberId, 350);
        var done = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => club.Give(giver.MemberId, receiver, 100),
            Cancellation)));
        Assert.Equal((3, 61), (done.Count(one => one.Succeeded), done.Count(one => one.Problem?.Code == "insufficient-points")));
        Assert.Equal((50m, 300m), (await club.Has(giver.MemberId), await club.Has(receiver.MemberId)));
        var same = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => club.Give(giver.MemberId, receiver, 10, "same"), Cancellation)));
        Assert.Single(same, one => !one.Value.IsRepeat);
        Assert.Equal(40, await club.Has(giver.MemberId));
        await club.AllComesToNothing();
    }

    [Fact]
    public async Task Two_who_give_to_each_other_at_once_both_get_it()
    {
        await using var club = new ClubFixture(rules: Rules(Free));
        var (one, other) = (await club.Register(), await club.Register("13800138001"));
        await club.Grant(one.MemberId, 100);
        await club.Grant(other.MemberId, 100);
        await Task.WhenAll(Enumerable.Range(0, 32).SelectMany(_ => (Task[])
        [
            Task.Run(() => club.Give(one.MemberId, other, 1), Cancellation), Task.Run(() => club.Give(other.MemberId, one, 2),
                Cancellation), ]));
        Assert.Equal((132m, 68m), (await club.Has(one.MemberId), await club.Has(other.MemberId)));
        await club.AllComesToNothing();
    }

    [Theory]
    [InlineData("""{"points":10}""", "missing-data", "$.to")]
    [InlineData("""{"to":{},"points":10}""", "missing-data", "$.to.cardNumber")]
    [InlineData("""{"to":{"cardNumber":"x","phone":"13800138001"},"points":10}""", "invalid-data", "$.to.cardNumber")]
    [InlineData("""{"to":{"phone":"12"},"points":10}""", "phone-invalid", "$.to.phone")]
    [InlineData("""{"to":"13800138001","points":10}""", "wrong-type", "$.to")]
    [InlineData("""{"to":{"phone":"13800138001"}}""", "missing-data", "$.points")]
    [InlineData("""{"to":{"phone":"13800138001"},"points":0}""", "invalid-data", "$.points")]
    [InlineData("""{"to":{"phone":"13800138001"},"points":-10}""", "invalid-data", "$.points")]
    [InlineData("""{"to":{"phone":"13800138001"},"points":10.001}""", "invalid-data", "$.points")]
    [InlineData("""{"to":{"phone":"13800138001"},"points":1e13}""", "invalid-data", "$.points")]
    [InlineData("""{"to":{"phone":"13800138001"},"points":1e400}""", "wrong-type", "$.points")]
    [InlineData("""{"to":{"phone":"13800138001"},"points":"10"}""", "wrong-type", "$.points")]
    public void What_is_no_transfer_is_told_by_its_path(string body, string code, string path)
    {
        var problem = WishOf.Read(body, TransferPointsRequest.Read).Problem!;
        Assert.Equal((code, path), (problem.Code, problem.Path));
    }
}
