using System.Globalization;
using System.Text;
using Club.Explaining;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Transactions;
using CsCheck;
using Xunit;

namespace Club.Tests.Transactions;

/// <summary>A bill that becomes known months or years late gets what its caps still had for its day or month.</summary>
public sealed class LateCapFlowTests
{
    private static Programme Rules(string caps = "[]", string groups = "[]", string walletCaps = "[]") => Book.With($$"""
        {"effectiveFrom":"2020-01-01","groups":{{groups}},"caps":{{walletCaps}},
         "wallets":[{"code":"club","name":"积分","scope":"club","unit":"积分","expiry":{"kind":"never"},"unitCost":1}],
         "earning":[{"id":"parts","when":{"category":["parts"]},"award":{"rate":1},"caps":{{caps}}{{(groups == "[]" ? "" : ",\"group\":\"g\"")}} },
                    {"id":"labour","when":{"category":["labour"]},"award":{"rate":1}{{(groups == "[]" ? "" : ",\"group\":\"g\"")}} }],
         "dealers":{"regions":[{"code":"north","name":"北","branches":["D001-D050"]}]} }
        """);

    private static string Bill(string id, decimal amount, string day, string category = "parts", string phone = "13800138000") =>
        Events.Bill(id, phone, time: $"{day}T10:00:00+08:00", lines: [Events.Line("1", category, amount)]);

    public static TheoryData<string, string, string, string, string> Caps => new()
    {
        { """[{"per":"day","points":200}]""", "[]", "[]", "2026-08-24", "2026-08-24" },
        { """[{"per":"month","points":200}]""", "[]", "[]", "2024-05-02", "2024-05-30" },
        { "[]", """[{"code":"g","stacking":"sum","caps":[{"per":"day","points":200}]}]""", "[]", "2026-02-01", "2026-02-01" },
        { "[]", """[{"code":"g","stacking":"sum","caps":[{"per":"month","points":200}]}]""", "[]", "2023-12-31", "2023-12-01" },
        { "[]", "[]", """[{"per":"day","points":200}]""", "2024-02-29", "2024-02-29" },
        { "[]", "[]", """[{"wallet":"club","per":"month","points":200}]""", "2022-07-07", "2022-07-01" },
    };

    [Theory]
    [MemberData(nameof(Caps))]
    public async Task A_late_bill_gets_what_is_left_and_says_what_was_really_used(string caps, string groups, string walletCaps,
        string first, string second)
    {
        await using var club = new ClubFixture(rules: Rules(caps, groups, walletCaps));
        club.At(2026, 11, 25);
        var member = await club.Register();

        await club.Send(Bill("A", 150, first));
        await club.Send(Bill("B", 80, second), Bill("C", 10, second));
        Assert.Equal(200m, (await club.Balance(member.MemberId)).Value);
        var entries = await club.Entries(member.MemberId);
        Assert.Null(entries.Single(entry => entry.SourceId == "A").Explanation[0].Cuts);
        Assert.Equal((150m, 30m), Cut(entries, "B"));
        Assert.Equal((200m, 10m), Cut(entries, "C"));

        // What goes back is free again, as long after as it may be.
        await club.Send(Events.Return("A", lines: [new { lineId = "1", amount = 100m }]));
        await club.Send(Bill("D", 500, first));
        Assert.Equal((100m, 400m), Cut(await club.Entries(member.MemberId), "D"));
        Assert.Equal(200m, (await club.Balance(member.MemberId)).Value);
        Assert.Empty(await club.Verify());
    }

    private static (decimal Used, decimal Cut) Cut(IReadOnlyList<Entry> entries, string id)
    {
        var cut = Assert.Single(entries.Single(entry => entry.SourceId == id).Explanation[0].Cuts!);
        return (cut.Used.Value, cut.Points.Value);
    }

    [Fact]
    public async Task A_bill_that_waited_for_its_customer_gets_what_it_would_have_got_in_time()
    {
        await using var club = new ClubFixture(rules: Rules("""[{"per":"day","points":200}]"""));
        await club.Send(Bill("A", 150, "2026-03-01"), Bill("B", 150, "2026-03-01"), Bill("C", 150, "2026-03-02"));
        club.At(2026, 11, 25);

        var member = await club.Register();

        Assert.Equal(350m, (await club.Balance(member.MemberId)).Value);
    }

    [Fact]
    public async Task The_preview_of_a_late_bill_says_what_booking_it_gives()
    {
        await using var club = new ClubFixture(rules: Rules("""[{"per":"day","points":200}]"""));
        club.At(2026, 11, 25);
        await club.Register();
        await club.Send(Bill("A", 150, "2026-05-05"));
        var preview = await club.Get<Preview>()
            .Price(Encoding.UTF8.GetBytes(Bill("B", 150, "2026-05-05")), await club.Get<ProgrammeLibrary>().Now(), null, default);
        Assert.Equal(50m, preview.Value.Entries[0].Points.Value);
    }

    [Fact]
    public async Task A_late_test_drive_of_the_sample_programme_earns_on_either_side_of_three_months()
    {
        await using var club = new ClubFixture("skoda");
        club.At(2026, 11, 25);
        var member = await club.Register();
        foreach (var day in new[] { "2026-08-24", "2026-08-25" })
            await club.Send(Events.Bill(day, time: $"{day}T10:00:00+08:00",
                lines: [new { lineId = "1", category = "club-event", sku = "test-drive", quantity = 1, amount = 0m }]));
        Assert.Equal([200m, 200m], (await club.Entries(member.MemberId)).Select(entry => entry.Points.Value));
    }

    /// <summary>Caps that lie within one another (a rule's day in its month, in the wallet's year) give the same in all whatever the order
    /// in which bills arrive.</summary>
    [Fact]
    public void By_any_order_of_arrival_the_caps_give_what_they_give_by_order_of_event()
    {
        var rules = Rules("""[{"per":"day","points":50},{"per":"month","points":120}]""",
            walletCaps: """[{"wallet":"club","per":"year","points":600}]""");
        var genBill = Gen.Select(Gen.Int[0, 30], Gen.Int[1, 60], Gen.Int[0, 1100], (day, amount, late) =>
            (Day: new DateOnly(2027, 1, 1).AddDays(day * 12), Amount: amount, Late: late));
        genBill.Array[1, 25].Sample(
            bills =>
            {
                var byEvent = Total(rules, [.. bills.Select((bill, i) => (i, bill)).OrderBy(one => one.bill.Day)
                    .Select(one => (one.i, one.bill.Day, one.bill.Amount, one.bill.Day))]);
                var byArrival = Total(rules, [.. bills.Select((bill, i) => (i, bill.Day, bill.Amount, Arrival: bill.Day.AddDays(bill.Late)))
                    .OrderBy(one => one.Arrival)]);
                Assert.Equal(byEvent, byArrival);
            }, iter: 40, threads: 1);
    }

    private static Dictionary<string, decimal> Total(Programme rules, (int Id, DateOnly Day, int Amount, DateOnly Arrival)[] bills)
    {
        using var club = new Disposing(new ClubFixture(rules: rules));
        var member = club.Club.Register().GetAwaiter().GetResult();
        foreach (var (id, day, amount, arrival) in bills)
        {
            club.Club.At(arrival.Year, arrival.Month, arrival.Day);
            Assert.Equal(Fate.Booked, club.Club.Send(Bill($"{id}", amount, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))
                .GetAwaiter().GetResult()[0].Fate);
        }
        return club.Club.Entries(member.MemberId).GetAwaiter().GetResult().GroupBy(entry => $"{entry.On:yyyy}")
            .ToDictionary(year => year.Key, year => year.Sum(entry => entry.Points.Value));
    }

    private sealed record Disposing(ClubFixture Club) : IDisposable
    {
        public void Dispose() => Club.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
