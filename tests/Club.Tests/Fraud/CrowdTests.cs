using Club.Fraud;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Fraud;

/// <summary>A dealer that suddenly has many times the bills of an ordinary day.</summary>
public sealed class CrowdTests
{
    private const string Checks = """[{"id":"rush","kind":"dealerBurst","severity":"note","anyOf":["parts"],"most":4,"times":2,"days":14}]""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bills_beyond_twice_the_usual_number_are_in_doubt_each_with_what_is_usual()
    {
        await using var club = Club();
        await Usual(club, perDay: 3);
        await Day(club, "2026-03-02", 8);
        var open = await Open(club);
        Assert.Equal(["2026-03-02-6", "2026-03-02-7"], open.Select(one => one.SourceId).Order());
        Assert.Equal([(7, 3), (8, 3)], open.SelectMany(one => one.Findings).Select(one => (one.Now!.Value, one.Known!.Value)).Order());
        Assert.Equal("It is bill number 8 of dealer D021 on 2026-03-02, where 3 a day are usual.", open.Single(one => one.SourceId.EndsWith('7')).Findings[0].Text);
        // What comes again has its place, and another dealer a day of its own.
        await Day(club, "2026-03-02", 8);
        await Day(club, "2026-03-02", 5, "D022");
        Assert.Equal(2, (await Open(club)).Count);
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task A_dealer_of_whom_little_is_known_and_bills_of_another_kind_are_no_crowd()
    {
        await using var club = Club();
        await Usual(club, perDay: 1, days: 4);
        await Day(club, "2026-03-02", 12);
        Assert.Empty(await Open(club));
        await Day(club, "2026-03-01", 3);
        await Day(club, "2026-03-03", 12, category: "insurance");
        Assert.Empty(await Open(club));
        // Five days are known now, one of them of twelve: the median is not moved by it.
        await Day(club, "2026-03-03", 5);
        Assert.Equal(1, Assert.Single(Assert.Single(await Open(club)).Findings).Known);
    }

    [Fact]
    public async Task What_is_told_days_later_all_at_once_counts_where_it_belongs()
    {
        await using var club = Club();
        await Usual(club, perDay: 3);
        var late = Enumerable.Range(1, 6).SelectMany(day => Bills($"2026-03-0{day}", 3)).ToArray();
        club.At(2026, 3, 9);
        await club.Send(late);
        Assert.Empty(await Open(club));
    }

    [Fact]
    public async Task Many_at_once_each_have_one_place_also_after_a_crash()
    {
        var store = new CrashingStore(new MemoryStore());
        await using var club = Club(store);
        await Usual(club, perDay: 3);
        var bills = Bills("2026-03-02", 20);
        store.CrashAfter(30);
        await Record.ExceptionAsync(() => Task.WhenAll(bills.Select(bill => Task.Run(() => club.Send(bill)))));
        store.CrashAfter(int.MaxValue);
        await Task.WhenAll(bills.Select(bill => Task.Run(() => club.Send(bill))));
        Assert.Equal(Enumerable.Range(7, 14), (await Open(club)).Select(one => one.Findings[0].Now!.Value).Order());
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task Days_are_let_go_once_nobody_asks_for_them()
    {
        await using var club = Club();
        await Usual(club, perDay: 1);
        Assert.Contains(await club.Changes(), one => one.Type == DealerDay.Document);
        club.At(2026, 5, 1);
        await club.Sweep("forget");
        Assert.DoesNotContain(await club.Changes(), one => one.Type == DealerDay.Document);
    }

    /// <summary>The days before 2 March.</summary>
    private static async Task Usual(ClubFixture club, int perDay, int days = 7)
    {
        for (var i = 0; i < 20; i++) await club.Register($"138001380{i:00}");
        for (var day = days; day >= 1; day--)
            await Day(club, $"{new DateOnly(2026, 3, 1).AddDays(1 - day):yyyy-MM-dd}", perDay);
    }

    private static async Task Day(ClubFixture club, string on, int count, string dealer = "D021", string category = "parts")
    {
        var day = DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture);
        if (day > new DateOnly(2026, 3, 2)) club.At(day.Year, day.Month, day.Day, 20);
        foreach (var bill in Bills(on, count, dealer, category))
            Assert.NotEqual(Fate.Rejected, Assert.Single(await club.Send(bill)).Fate);
    }

    private static string[] Bills(string on, int count, string dealer = "D021", string category = "parts") =>
        [.. Enumerable.Range(0, count).Select(i => Events.Bill($"{on}-{i}", $"138001380{i:00}", $"/dms/{dealer}/{category}",
            $"{on}T09:00:00+08:00", lines: [Events.Line("1", category, 100m)], dealerId: dealer))];

    private static ClubFixture Club(IClubStore? store = null) => new(store: store, rules: Book.With(
        $$$"""{"checks":{{{Checks}}},"dealers":{"regions":[{"code":"north","name":"北","branches":["D021-D022"]}]}}"""));

    private static async Task<IReadOnlyList<SuspicionView>> Open(ClubFixture club) =>
        (await club.Get<FraudDesk>().List(SuspicionState.Open, null, 50, null, Cancellation)).Items;
}
