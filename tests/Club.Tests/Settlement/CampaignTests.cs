using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Settlement;
using Club.Spending;
using Xunit;

using static Club.Tests.Settlement.SettlementClub;

namespace Club.Tests.Settlement;

/// <summary>The seed's campaign, 50 : 25 : 25, settled to the cent over three months. AVIS pays 0.8 when points are issued and has 0.7 for one
/// that is spent with it; the rescue company pays 0.9 when they are spent; to the maker a point costs 0.5; a dealer has 1.</summary>
public sealed class CampaignTests
{
    [Fact]
    public async Task Three_months_with_returns_expiry_and_redemption_elsewhere_come_out_to_the_cent()
    {
        await using var club = await Open();
        await Live(club);

        var march = await club.Settled(2026, 3);
        Assert.Equal("opening 0 issued 200 clawedBack -50 closing 150 balance 75", march.Told("brand:foton"));
        Assert.Equal("opening 0 issued 100 clawedBack -25 closing 75 balance 60", march.Told("partner:avis"));
        Assert.Equal("opening 0 issued 100 clawedBack -25 closing 75 balance 0", march.Told("partner:rescue"));
        Assert.Equal("balance -135", march.Told("programme"));

        var april = await club.Settled(2026, 4);
        Assert.Equal("opening 150 elsewhere -60 refunded 10 closing 100 balance 0", april.Told("brand:foton"));
        Assert.Equal("opening 75 here -10 elsewhere -20 refunded 5 closing 50 taken 40 balance -28", april.Told("partner:avis"));
        Assert.Equal("opening 75 elsewhere -30 refunded 5 closing 50 balance 22.5", april.Told("partner:rescue"));
        Assert.Equal("opening 0 closing 0 taken 80 takenBack -20 balance -60", april.Told("dealer:D001"));
        Assert.Equal("balance 65.5", april.Told("programme"));

        // What had lapsed of the returned rental did not lapse after all: its payers get it back.
        var may = await club.Settled(2026, 5);
        Assert.Equal("opening 100 clawedBack -50 expired -50 closing 0 balance -25", may.Told("brand:foton"));
        Assert.Equal("opening 50 clawedBack -25 expired -25 closing 0 balance -20", may.Told("partner:avis"));
        Assert.Equal("opening 50 clawedBack -25 expired -25 closing 0 balance 0", may.Told("partner:rescue"));
        Assert.Equal("balance 45", may.Told("programme"));
        Assert.All((SettlementMonth[])[march, april, may], month => Assert.True(month.Adds));
    }

    [Fact]
    public async Task Every_line_leads_to_its_entries()
    {
        await using var club = await Open();
        await Live(club);
        foreach (var month in (int[])[3, 4, 5])
            foreach (var statement in (await club.Settled(2026, month)).Parties)
                foreach (var line in statement.Lines.GroupBy(line => (line.Wallet, line.Line)))
                {
                    var (items, next) = (await club.Get<Settlements>().Lines(Month(2026, month), $"{statement.Party}", line.Key.Line, Finance, 200,
                        null, Cancellation)).Value;
                    Assert.Null(next);
                    Assert.Equal(line.Sum(one => one.Points), items.Where(item => item.Wallet == line.Key.Wallet).Sum(item => item.Points));
                    foreach (var item in items)
                        Assert.Contains(await club.Entries(item.MemberId!.Value), entry => entry.Sequence == item.Sequence);
                }
    }

    [Fact]
    public async Task An_agreement_keeps_its_terms_for_its_days_however_late_they_are_told()
    {
        await using var club = await Open();
        await club.Register();
        // The agreement ends with the year; another price holds from then on.
        club.At(2030, 12, 30);
        await club.Rent("R2");
        club.At(2030, 12, 31, 23);
        var told = Events.Bill("R3", source: "/dms/D001", time: "2030-12-31T10:00:00+08:00", dealerId: "D001",
            lines: [Events.Line("1", "rental", 1000)]);
        await club.Agree("avis", "onIssue", 2m, 2m, from: "2031-01-01", to: "2031-12-31");
        club.At(2031, 1, 2);
        await club.Send(told);
        await club.Rent("R4");
        var lines = Settlements.Find((await club.Settled(2031, 1)).Parties, "avis")!.Lines.Where(line => line.Line == LineKind.Issued).ToArray();
        Assert.Equal([(0.8m, 25m, 20m), (2m, 25m, 50m)], lines.Select(line => (line.Price!.Value, line.Points.Value, line.Charged.Yuan)));
    }

    /// <summary>Four rentals in March, one of them returned; in April 80 points at a dealer, 40 with AVIS, 20 of the 80 given back; in May the
    /// rest lapses, and another rental is returned.</summary>
    internal static async Task Live(ClubFixture club)
    {
        var member = (await club.Register()).MemberId;
        for (var i = 1; i <= 4; i++) await club.Rent($"R{i}");
        club.At(2026, 3, 10);
        await club.Return("R4");
        club.At(2026, 4, 5);
        var paid = (await club.Spend(member, 80, AtDealer())).Value.Answer;
        Assert.True((await club.Spend(member, 40, AtPartner())).Succeeded);
        club.At(2026, 4, 20);
        Assert.True((await club.Get<Redemptions>().Refund(paid.RedemptionId, new RefundRequest(Points.Of(20), "退货"), Key(),
            Caller.Operator, Cancellation)).Succeeded);
        club.At(2026, 5, 2);
        await club.Sweep(PointsSweep.Word);
        club.At(2026, 5, 3);
        await club.Return("R2");
        Assert.Empty(await club.Verify());
    }
}
