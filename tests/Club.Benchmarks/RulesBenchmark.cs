using System.Diagnostics;
using System.Text;
using Club.Earning;
using Club.Kernel;
using Club.Programmes;

namespace Club.Benchmarks;

/// <summary>
/// Evaluations of one transaction per second on one core, by number of rules that ask about every kind of dimension; also per second of
/// CPU, which says the same on a machine that others use.
/// </summary>
internal static class RulesBenchmark
{
    /// <summary>What the rules of a book ask about, as in the samples: a few on the category alone, most on several dimensions.</summary>
    private static readonly string[] Shapes =
    [
        """{"when":{"category":["{c}"]},"award":{"rate":0.01}}""",
        """{"when":{"category":["{c}"],"channel":["web","{v}"]},"award":{"multiplier":1.5}}""",
        """{"when":{"category":["{c}"],"tier":["silver","gold"],"campaign":["{v}"]},"award":{"multiplier":2},"group":"promotion"}""",
        """{"when":{"campaign":["{v}"],"dealer":["{d}"]},"award":{"fixed":100,"per":"transaction"}}""",
        """{"when":{"category":["{c}"],"memberMonths":{"lessThan":12},"weekday":["saturday","sunday"]},"award":{"multiplier":2},"group":"promotion"}""",
        """{"when":{"category":["{c}"],"bookedDaysAhead":{"atLeast":7},"season":[{"from":"11-01","to":"02-15"}]},"award":{"steps":[{"from":7,"points":5},{"from":30,"points":20}],"of":"bookedDaysAhead","per":"transaction"}}""",
        """{"when":{"category":["{c}"],"hour":{"from":20,"to":8},"paymentMethod":["card"]},"award":{"fixed":2,"per":"line"}}""",
        """{"when":{"sku":["{v}","{c}-1"],"amount":{"atLeast":100}},"award":{"fixed":1,"per":"unit"}}""",
        """{"when":{"category":["{c}"],"any":[{"hobby":["{v}"]},{"all":[{"valueClass":["D"]},{"vehicleMonths":{"atLeast":36}}]}]},"award":{"rate":0.002}}""",
        """{"when":{"region":["north"],"model":["{v}"],"date":[{"from":"2026-01-01","to":"2026-06-30"}],"none":[{"loyaltyClass":["C"]}]},"award":{"rate":0.001}}""",
    ];

    public static Task<object> Run(Arguments arguments)
    {
        var seconds = arguments.Number("seconds", 2);
        var at = new DateTimeOffset(2026, 3, 2, 10, 20, 0, TimeSpan.FromHours(8));
        var transaction = new Transaction("/dms/D021", "1", at, new DateOnly(2026, 3, 2), new DealerId("D021"), "shop", "card", 3, null,
            [new TransactionLine("1", "parts", "06A115561B", null, 1, Money.Of(490m)),
            new TransactionLine("2", "labour", null, null, 1, Money.Of(210m))]);
        var facts = new EarningFacts(new TierCode("silver"))
        {
            JoinedOn = new DateOnly(2024, 5, 1), Vehicles = [new OwnedVehicle("V3菱悦", new DateOnly(2023, 1, 1))], Hobbies = ["hiking"],
                ValueClass = "D", LoyaltyClass = "A",
        };
        var results = new Dictionary<string, object>();
        foreach (var count in new[] { 5, 50, 500 })
        {
            var rules = Book(count);
            var awards = 0;
            for (var i = 0; i < 20_000; i++) awards = EarningRules.Evaluate(rules, transaction, facts).Count;
            var evaluations = 0;
            var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            while (watch.Elapsed.TotalSeconds < seconds)
                for (var i = 0; i < 1000; i++, evaluations++) EarningRules.Evaluate(rules, transaction, facts);
            var spent = Environment.CpuUsage.TotalTime - before;
            results[$"{count}"] = new { perSecond = (int)(evaluations / watch.Elapsed.TotalSeconds),
                perSecondOfCpu = (int)(evaluations / spent.TotalSeconds), awards };
        }
        return Task.FromResult<object>(new { benchmark = "rules", byRules = results });
    }

    /// <summary>The shapes in turn, spread over 10 categories and 40 dealers as a book is.</summary>
    private static Programme Book(int count)
    {
        var rules = Enumerable.Range(0, count).Select(i =>
        {
            var shape = Shapes[i % Shapes.Length].Replace("{c}", Category((i + (i / 10)) % 10), StringComparison.Ordinal)
                .Replace("{v}", $"value-{i}", StringComparison.Ordinal).Replace("{d}", $"D{(i % 40) + 1:000}", StringComparison.Ordinal);
            return $"{{\"id\":\"r{i}\",{shape[1..]}";
        });
        return ProgrammeReader.Read(Encoding.UTF8.GetBytes($$"""
            {"id":"benchmark","name":"车友会","version":"1","effectiveFrom":"2026-01-01","currency":"CNY",
             "wallets":[{"code":"club","name":"积分","scope":"club","unit":"积分","expiry":{"kind":"never"},"unitCost":1}],
             "groups":[{"code":"promotion","stacking":"bestOf"}],
             "earning":[{{string.Join(',', rules)}}],
             "tiers":[{"code":"ordinary","name":"普卡"},{"code":"silver","name":"银卡","criteria":{"metric":"points","atLeast":1} },{"code":"gold","name":"金卡","criteria":{"metric":"points","atLeast":2} }],
             "dealers":{"regions":[{"code":"north","name":"北","branches":["D001-D040"]}]} }
            """));
    }

    private static string Category(int index) => index switch { 0 => "parts", 1 => "labour", _ => $"category-{index}" };
}
