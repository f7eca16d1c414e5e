using Club.Earning;
using Club.Fraud;
using Club.Identity;
using Club.Kernel;
using Club.Programmes;
using Xunit;

namespace Club.Tests.Fraud;

/// <summary>Vehicles with a known truth: honest bills, some of them told late and some with a mistyped odometer, and seeded frauds.</summary>
public sealed class CheckPrecisionTests(ITestOutputHelper output)
{
    private static readonly FraudCheck[] Checks =
    [
        new("km", CheckKind.OdometerFalls, CheckSeverity.Hold), new("there", CheckKind.VehicleElsewhere, CheckSeverity.Note),
        new("bare", CheckKind.LinesMissing, CheckSeverity.Note) { AnyOf = ["parts", "labour"], Unless = ["rescue", "insurance"] },
        new("many", CheckKind.VehicleBurst, CheckSeverity.Hold) { Most = 3 },
    ];

    private sealed record Seeded(Transaction Bill, CheckKind? Fraud);

    /// <summary>A mistyped odometer is no fraud, and is rightly looked at: it counts against the precision here. So does whatever the
    /// checks miss against the recall.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_what_is_found_most_is_false_and_of_what_is_false_most_is_found(int seed)
    {
        var random = new Random(seed);
        var (found, right, frauds) = (0, 0, 0);
        var byKind = new SortedDictionary<CheckKind, (int Found, int Right, int All)>();
        for (var vehicle = 0; vehicle < 2000; vehicle++)
        {
            var log = new VehicleLog();
            foreach (var (bill, fraud) in Life(random))
            {
                var findings = Checks.Select(check => CheckRules.Judge(check, bill, bill.Id, log)).OfType<Finding>().ToArray();
                log = log.With(new VehicleReading(bill.Id, bill.At, bill.On, bill.DealerId, bill.Odometer,
                    findings.Any(one => one.Kind == CheckKind.OdometerFalls)));
                if (fraud is { } seeded) { frauds++; byKind[seeded] = byKind.GetValueOrDefault(seeded) with { All = byKind.GetValueOrDefault(seeded).All + 1 }; }
                foreach (var one in findings)
                {
                    found++;
                    var isRight = fraud == one.Kind;
                    if (isRight) right++;
                    var so = byKind.GetValueOrDefault(one.Kind);
                    byKind[one.Kind] = (so.Found + 1, so.Right + (isRight ? 1 : 0), so.All);
                }
            }
        }
        foreach (var (kind, (many, good, all)) in byKind) output.WriteLine($"{kind}: {many} found, {good} of them false, {all} false in all");
        output.WriteLine($"precision {(double)right / found:P1}, recall {(double)right / frauds:P1}");
        Assert.True(right > 0.7 * found, $"{right} of {found}");
        Assert.True(right > 0.8 * frauds, $"{right} of {frauds}");
    }

    /// <summary>Four years of one vehicle at one dealer, now and then at another.</summary>
    private static List<Seeded> Life(Random random)
    {
        var (number, km) = (0, random.Next(5000));
        var on = new DateOnly(2022, 1, 1).AddDays(random.Next(180));
        var bills = new List<Seeded>();
        while (on < new DateOnly(2026, 1, 1))
        {
            on = on.AddDays(random.Next(60, 240));
            km += random.Next(1500, 9000);
            // One digit in two hundred bills is mistyped.
            var told = random.Next(200) == 0 ? km + random.Next(-20_000, 20_000) : km;
            bills.Add(new(Bill(++number, on, random.Next(15) == 0 ? "D022" : "D021", Math.Max(told, 0), random.Next(12) == 0 ? "insurance" : "parts"), null));
            if (random.Next(60) != 0) continue;
            switch (random.Next(4))
            {
                case 0: bills.Add(new(Bill(++number, on.AddDays(3), "D021", random.Next(0, km), "parts"), CheckKind.OdometerFalls)); break;
                case 1: bills.Add(new(Bill(++number, on, "D023", km, "labour"), CheckKind.VehicleElsewhere)); break;
                case 2: bills.Add(new(Bill(++number, on.AddDays(1), "D021", km, "gift"), CheckKind.LinesMissing)); break;
                default:
                    for (var order = 0; order < 5; order++)
                        bills.Add(new(Bill(++number, on, bills[^1].Bill.DealerId!.Value, km, "labour"), order < 2 ? null : CheckKind.VehicleBurst));
                    break;
            }
        }
        // A tenth of the bills comes to be known after the next one.
        for (var i = 0; i + 1 < bills.Count; i++)
            if (random.Next(10) == 0 && bills[i].Fraud is null && bills[i + 1].Fraud is null) (bills[i], bills[i + 1]) = (bills[i + 1], bills[i]);
        return bills;
    }

    private static Transaction Bill(int number, DateOnly on, string dealer, int km, string category) => new(
        "/dms/D021", $"WO-{number}", new DateTimeOffset(on.ToDateTime(new TimeOnly(9, number % 60)), TimeSpan.FromHours(8)), on, new DealerId(dealer),
        "shop", null, null, null, [new TransactionLine("1", category, null, null, 1, Money.Of(490))])
    {
        Vehicle = Vin.Parse("LSVFF26R7D2123456").Value,
        Odometer = km,
    };
}
