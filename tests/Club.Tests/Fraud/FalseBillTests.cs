using System.Text.Json.Nodes;
using Club.Access;
using Club.Fraud;
using Club.Members;
using Club.Store;
using Xunit;

namespace Club.Tests.Fraud;

/// <summary>A bill that is found false, or was returned in full, says nothing of its vehicle any more; a doubt ends with the person.</summary>
public sealed class FalseBillTests
{
    private const string Vehicle = "LSVFF26R7D2123456";
    private const string Checks = """
        [{"id":"km","kind":"odometerFalls","severity":"hold"},
         {"id":"bare","kind":"linesMissing","severity":"refuse","anyOf":["parts","labour"],"unless":["rescue"]},
         {"id":"many","kind":"vehicleBurst","severity":"note","most":2,"days":7}]
        """;

    private static readonly Caller Finance = new([Role.Finance], "王审");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_returned_bill_is_no_measure_of_the_odometer()
    {
        await using var club = Club();
        await club.Register();
        await club.Send(Bill("typo", "2026-01-10", 523_000));
        await club.Send(Events.Return("typo", "R-1", [new { lineId = "1", amount = 100m }]));
        await club.Send(Bill("part", "2026-01-20", 52_300));
        Assert.Equal("part", Assert.Single(await Open(club)).SourceId);
        await club.Send(Events.Return("typo", "R-2", null));
        await club.Send(Bill("whole", "2026-02-20", 52_900));
        Assert.DoesNotContain(await Open(club), one => one.SourceId == "whole");
        Assert.Equal([], await club.Verify());
    }

    [Theory]
    [InlineData("bare")]
    [InlineData("km")]
    public async Task A_false_bill_is_none_of_too_many(string why)
    {
        await using var club = Club();
        await club.Register();
        await club.Send(Bill("1", "2026-02-20", 41_000));
        await club.Send(why == "bare" ? Events.With(Bill("2", "2026-02-21", 41_010), "data.lines", Bare()) : Bill("2", "2026-02-21", 40_000));
        var doubt = Assert.Single(await Open(club));
        Assert.True((await club.Get<FraudDesk>().Confirm(doubt.SuspicionId, "假单", new Command("k", "c"), Finance, Cancellation)).Succeeded);
        await club.Send(Bill("3", "2026-02-22", 41_020));
        Assert.Empty(await Open(club));
        await club.Send(Bill("4", "2026-02-23", 41_030));
        Assert.Equal(("many", 3), Assert.Single(Assert.Single(await Open(club)).Findings) is var found ? (found.Check, found.Now) : default);
    }

    [Fact]
    public async Task A_doubt_that_is_open_ends_when_she_is_forgotten()
    {
        await using var club = Club(new MemoryStore());
        var member = (await club.Register()).MemberId;
        await club.Send(Bill("1", "2026-01-10", 52_300), Bill("2", "2026-03-01", 41_000));
        Assert.Single(await Open(club));
        await club.Get<EraseMember>().Handle(member, "本人申请", Caller.OperatorAs("A017"), Cancellation);
        Assert.Empty(await Open(club));
        var left = Assert.Single((await club.Get<FraudDesk>().List(null, null, 50, null, Cancellation)).Items);
        Assert.Equal((SuspicionState.Dropped, null, null), (left.State, left.DecidedBy, left.Reason));
        Assert.NotNull(left.DecidedAt);
        Assert.Equal([], await club.Verify());
    }

    private static ClubFixture Club(IClubStore? keys = null) => new(keys: keys, rules: Book.With(
        $$$"""{"checks":{{{Checks}}},"dealers":{"regions":[{"code":"north","name":"北","branches":["D021-D022"]}]}}"""));

    private static string Bill(string id, string on, int odometer) => Events.With(
        Events.Bill(id, time: $"{on}T10:00:00+08:00", dealerId: "D021"), "data.vehicle",
        new JsonObject { ["vin"] = Vehicle, ["odometer"] = odometer });

    private static JsonArray Bare() => new JsonArray(new JsonObject
    {
        ["lineId"] = "1", ["category"] = "gift", ["quantity"] = 1, ["amount"] = 300,
    });

    private static async Task<IReadOnlyList<SuspicionView>> Open(ClubFixture club) =>
        (await club.Get<FraudDesk>().List(SuspicionState.Open, null, 50, null, Cancellation)).Items;
}
