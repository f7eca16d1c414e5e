using Club.Earning;
using Club.Kernel;
using Club.Programmes;
using CsCheck;
using Xunit;
using static Club.Tests.Support.Book;

namespace Club.Tests.Earning;

public sealed class EarningRulesProperties
{
    private static readonly string[] Categories = ["parts", "labour", "vehicle"];
    private static readonly string[] Channels = ["shop", "web"];

    private static readonly Gen<TransactionLine> GenLine =
        Gen.Select(Gen.OneOf(Categories), Gen.Long[0, 100_000_00], (category, fen) =>
            new TransactionLine("", category, null, null, 1, new Money(fen)));

    private static readonly Gen<string> GenAward = Gen.OneOf(
        Gen.Int[1, 999].Select(n => Json($"{{\"rate\":{n / 1000m}}}")),
        Gen.Int[1, 99].Select(n => Json($"{{\"fixed\":{n},\"per\":\"line\"}}")),
        Gen.Int[1, 99].Select(n => Json($"{{\"fixed\":{n},\"per\":\"transaction\"}}")),
        Gen.Int[11, 40].Select(n => Json($"{{\"multiplier\":{n / 10m}}}")));

    /// <summary>What cannot be looked up: of the line, of the transaction, of both.</summary>
    private static readonly Gen<string> GenTested = Gen.OneOf(
        "", "", """ "amount":{"atLeast":50000} """, """ "amount":{"lessThan":50000},"bookedDaysAhead":{"atMost":3} """,
        """ "bookedDaysAhead":{"atLeast":4} """,
        """ "any":[{"bookedDaysAhead":{"atLeast":4}},{"amount":{"atLeast":50000}}] """, """ "none":[{"bookedDaysAhead":{"atMost":3}}] """);

    private static readonly Gen<string> GenRule = Gen.Select(
        GenAward, Gen.Select(Gen.OneOf(Categories).Array[0, 2], Gen.OneOf(Channels).Array[0, 1], GenTested), Gen.OneOf("club", "branch"),
        Gen.Bool, Gen.OneOf("down", "nearest", "up"),
        (award, when, wallet, dated, mode) => Json(
            $"\"when\":{{{string.Join(',', new[] { Listed("category", when.Item1), Listed("channel", when.Item2), when.Item3 }.Where(part => part.Length > 0))}}},\"award\":{award},\"wallet\":\"{wallet}\",\"rounding\":{{\"mode\":\"{mode}\",\"to\":0.01}}{(dated ? ",\"to\":\"2026-03-01\"" : "")}"));

    private static readonly Gen<Programme> GenProgramme =
        GenRule.Array[1, 90].Select(rules => Rules([.. rules.Select((rule, i) => Json($"{{\"id\":\"r{i}\",{rule}}}"))]));

    [Fact]
    public void The_index_finds_what_testing_every_rule_finds() =>
        Gen.Select(GenProgramme, GenLine.Array[1, 4], Gen.Int[0, 7]).Sample(
            (programme, lines, booked) =>
            {
                var transaction = Transaction(lines) with { BookedDaysAhead = booked };
                Assert.Equal(
                    OneByOne(programme, transaction).Order(),
                    EarningRules.Evaluate(programme, transaction, new EarningFacts(new TierCode("ordinary")))
                    .Select(award => (award.LineId, award.Rule, award.Wallet.Value, award.Points.Hundredths)).Order());
            },
            iter: 200);

    [Fact]
    public void Rounding_moves_an_award_by_less_than_its_step_and_only_its_way() =>
        Gen.Select(Gen.Long[0, 1_000_000_00], Gen.Int[1, 100_000], Gen.OneOf("down", "nearest", "up"), Gen.OneOf("0.01", "1")).Sample(
            (fen, rate, mode, to) =>
            {
                var programme = Rules(Json(
                    $"{{\"id\":\"a\",\"when\":{{}},\"award\":{{\"rate\":{rate / 100_000m}}},\"rounding\":{{\"mode\":\"{mode}\",\"to\":{to}}}}}"));
                var exact = fen / 100m * rate / 100_000m;
                var step = to == "1" ? 1m : 0.01m;
                var points = Earn(programme, Line("parts", fen / 100m)).SingleOrDefault()?.Points.Value ?? 0m;

                Assert.Equal(0m, points % step);
                if (mode == "down") Assert.InRange(exact - points, 0m, step - 0.0000001m);
                else if (mode == "up") Assert.InRange(points - exact, 0m, step - 0.0000001m);
                else Assert.InRange(points - exact, -step / 2, step / 2);
            },
            iter: 300);

    [Fact]
    public void Splitting_a_bill_into_lines_loses_less_than_a_step_a_line() =>
        GenLine.Array[1, 8].Sample(
            lines =>
            {
                var programme = Rules("""{"id":"a","when":{},"award":{"rate":0.0123}}""");
                var exact = lines.Sum(line => line.Amount.Yuan) * 0.0123m;
                var given = Earn(programme, lines).Sum(award => award.Points.Value);
                Assert.InRange(exact - given, 0m, 0.01m * lines.Length);
            },
            iter: 300);

    /// <summary>The definition, as slow as it is plain.</summary>
    private static IEnumerable<(string? LineId, string Rule, string Wallet, long Hundredths)> OneByOne(Programme programme,
        Transaction transaction)
    {
        var open = programme.Earning.Where(rule => rule.To is null || transaction.On <= rule.To)
            .Where(rule => Accepts(rule, Dimension.Channel, transaction.Channel)).ToList();
        var once = new HashSet<string>();
        foreach (var line in transaction.Lines)
        {
            var matching = open.Where(rule => Accepts(rule, Dimension.Category, line.Category)
                && rule.When.All(condition => Holds(condition, line, transaction))).ToList();
            var given = new List<(string? LineId, string Rule, string Wallet, long Hundredths)>();
            foreach (var rule in matching)
            {
                if (rule.Award is Reward.Rate rate)
                    given.Add((line.LineId, rule.Id, rule.Wallet, Round(rule, line.Amount.Fen * rate.PerYuan)));
                if (rule.Award is Reward.Fixed { Per: AwardUnit.Line } award)
                    given.Add((line.LineId, rule.Id, rule.Wallet, award.Points.Hundredths));
                if (rule.Award is Reward.Fixed { Per: AwardUnit.Transaction } && once.Add(rule.Id))
                    yield return (null, rule.Id, rule.Wallet, ((Reward.Fixed)rule.Award).Points.Hundredths);
            }
            foreach (var result in given.Where(result => result.Hundredths > 0)) yield return result;
            foreach (var rule in matching)
            {
                if (rule.Award is not Reward.Multiplier multiplier) continue;
                var points = Round(rule, given.Where(result => result.Wallet == rule.Wallet).Sum(result => result.Hundredths) * (
                    multiplier.Factor - 1));
                if (points > 0) yield return (line.LineId, rule.Id, rule.Wallet, points);
            }
        }
    }

    private static long Round(EarningRule rule, decimal hundredths) => (long)(rule.Rounding.Mode switch
    {
        RoundingMode.Down => Math.Floor(hundredths),
        RoundingMode.Up => Math.Ceiling(hundredths),
        _ => Math.Round(hundredths, MidpointRounding.AwayFromZero),
    });

    private static bool Accepts(EarningRule rule, Dimension dimension, string? value) =>
        rule.When.OfType<Condition.OneOf>().Where(condition => condition.Dimension == dimension)
            .All(condition => condition.Values.Contains(value));

    private static bool Holds(Condition condition, TransactionLine line, Transaction transaction) => condition switch
    {
        Condition.Within { Dimension: Dimension.Amount } amount => amount.Range.Has(line.Amount.Yuan),
        Condition.Within booked => booked.Range.Has(transaction.BookedDaysAhead!.Value),
        Condition.Any any => any.Of.Any(child => Holds(child, line, transaction)),
        Condition.None none => !none.Of.Any(child => Holds(child, line, transaction)),
        _ => true,
    };

    private static string Listed(string dimension, string[] values) =>
        values.Length == 0 ? "" : $"\"{dimension}\":[{string.Join(',', values.Distinct().Select(value => $"\"{value}\""))}]";

    private static string Json(FormattableString text) => FormattableString.Invariant(text);
}
