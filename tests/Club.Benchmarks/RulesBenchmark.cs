using System.Diagnostics;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Benchmarks;

/// <summary>Evaluations of one transaction per second on one core, by number of rules.</summary>
internal static class RulesBenchmark
{
    public static Task<object> Run(Arguments arguments)
    {
        var seconds = arguments.Number("seconds", 2);
        var programme = ProgrammeLoader.Load("foton");
        var transaction = new Transaction("/dms/D021", "1", DateTimeOffset.UnixEpoch, new DateOnly(2026, 3, 2), "D021", "shop", "card", 3, null,
            [new TransactionLine("1", "parts", null, null, 1, Money.Of(490m)), new TransactionLine("2", "labour", null, null, 1, Money.Of(210m))]);
        var facts = new EarningFacts(programme.Tiers[0].Code);
        var results = new Dictionary<string, int>();
        foreach (var count in new[] { 5, 50, 500 })
        {
            // Spread over 25 categories, as a rule book is: at 50 rules each line of the bill meets two.
            var rate = programme.Earning[0];
            var rules = programme with
            {
                Earning = [.. Enumerable.Range(0, count).Select(i => rate with { Id = $"r{i}", When = [new Condition.OneOf(Dimension.Category, [Category(i % 25)])] })],
            };
            for (var i = 0; i < 20_000; i++) EarningRules.Evaluate(rules, transaction, facts);
            var evaluations = 0;
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed.TotalSeconds < seconds)
                for (var i = 0; i < 1000; i++, evaluations++) EarningRules.Evaluate(rules, transaction, facts);
            results[$"{count}"] = (int)(evaluations / watch.Elapsed.TotalSeconds);
        }
        return Task.FromResult<object>(new { benchmark = "rules", perSecondByRules = results });
    }

    private static string Category(int index) => index switch { 0 => "parts", 1 => "labour", _ => $"category-{index}" };
}
