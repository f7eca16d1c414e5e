using Club.Access;
using Club.Dealers;
using Club.Kernel;
using Club.Ledger;
using static Club.Tests.Dealers.DealerClub;

namespace Club.Tests.Dealers;

/// <summary>What tests of dealers' own plans do and look at: the rule book gives a point for each CNY, at the cost of a fen.</summary>
internal static class PlanClub
{
    public static readonly DealerId Dealer = new("D021");

    /// <summary>Double points on what belongs to maintenance, in March.</summary>
    public const string Double =
        """{"rules":[{"id":"quiet-month","name":"三月保养双倍","when":{"category":["parts","labour"]},"award":{"multiplier":2},"from":"2026-03-01","to":"2026-03-31"}]}""";

    /// <summary>A point for each CNY in the dealer's own wallet, and also in the club's.</summary>
    public static string InBranch(bool also) =>
        $$"""{"rules":[{"id":"branch","when":{"category":["parts"]},"award":{"rate":1},"wallet":"branch","from":"2026-03-01","to":"2026-03-31"}{{(also
            ? ",{\"id\":\"club\",\"when\":{\"category\":[\"parts\"]},\"award\":{\"rate\":1},\"from\":\"2026-03-01\",\"to\":\"2026-03-31\"}" : "")}}]}""";

    /// <summary>So many points for a bill.</summary>
    public static string Fixed(int points, string more = "") =>
        $$"""{"rules":[{"id":"gift","when":{"category":["parts"]},"award":{"fixed":{{points}},"per":"transaction"},"from":"2026-03-01","to":"2026-03-31"{{more}}}]}""";

    public static Task<Outcome<PlanView>> Plan(this ClubFixture club, string plan, int after = 0, string? from = null, Caller? by = null,
        string dealer = "D021")
    {
        var read = Read($$"""{"after":{{after}},"plan":{{plan}}{{(from is null ? "" : $",\"from\":\"{from}\"")}}}""", PlanRequest.Read);
        return read.Problem is { } problem ? Task.FromResult<Outcome<PlanView>>(problem)
            : club.Get<DealerPlans>().Write(new DealerId(dealer), read.Value, by ?? Director(dealer), Cancellation);
    }

    /// <summary>The plan, written and in force.</summary>
    public static async Task InForce(this ClubFixture club, string plan, int after = 0, string dealer = "D021")
    {
        Xunit.Assert.Null((await club.Plan(plan, after, dealer: dealer)).Problem?.Message);
        club.Clock.Advance(TimeSpan.FromMinutes(2));
    }

    /// <summary>A budget of this month, agreed to.</summary>
    public static async Task Fund(this ClubFixture club, decimal yuan, string dealer = "D021", string month = "2026-03")
    {
        var (budgets, code) = (club.Get<DealerBudgets>(), new DealerId(dealer));
        Xunit.Assert.True((await budgets.Ask(code, month, new BudgetRequest(Money.Of(yuan), "淡季活动"), Director(dealer), Cancellation)).Succeeded);
        Xunit.Assert.True((await budgets.Approve(code, month, null, Finance, Cancellation)).Succeeded);
    }

    public static async Task<Money> Spent(this ClubFixture club, string dealer = "D021") =>
        (await club.Get<DealerBudgets>().List(new DealerId(dealer), null, Hq, 50, null, Cancellation)).Items.Single().Spent;

    /// <summary>A bill of this moment.</summary>
    public static string Bill(this ClubFixture club, string id, decimal parts = 490, string dealer = "D021", string phone = "13800138000") =>
        Events.Bill(id, phone, $"/dms/{dealer}", Now(club), lines: [Events.Line("1", "parts", parts)], dealerId: dealer);

    public static string Back(this ClubFixture club, string of, string id, decimal? parts = null) => Events.Return(of, id,
        parts is { } amount ? [new { lineId = "1", amount }] : null, time: Now(club));

    /// <summary>The points that dealers' own plans gave with the latest bill.</summary>
    public static Points OfPlan(this Entry entry) =>
        entry.Explanation.Where(line => line.Rule?.Contains('/', StringComparison.Ordinal) is true).Sum(line => line.Points);

    private static string Now(ClubFixture club) =>
        club.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", null);
}
