using System.Diagnostics;
using Club.Access;
using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Settlement;
using Club.Store;

namespace Club.Benchmarks;

/// <summary>Seconds from a ledger that nobody has settled to the statements of its last month, and to the liability; and of a second look.
/// Members earn at 150 dealers, headquarters and the dealer paying half each, and spend a part two months later.</summary>
internal static class SettleBenchmark
{
    private const int PerMember = 50;
    private static readonly WalletCode Wallet = new("club");
    private static readonly DateTimeOffset Begin = new(2024, 1, 10, 12, 0, 0, TimeSpan.FromHours(8));

    public static async Task<object> Run(Arguments arguments)
    {
        var entries = arguments.Number("entries", 1_000_000);
        await using var club = new BenchmarkClub();
        var rules = new ProgrammeVersions(club.Get<ClubCalendar>().Today, club.Get<Programme>());
        var accounts = new Account?[entries / PerMember];
        // As a club lives: month after month.
        for (var month = 0; month < PerMember / 2; month++)
        {
            var at = Begin.AddMonths(month);
            await Parallel.ForAsync(0, accounts.Length, new ParallelOptions { MaxDegreeOfParallelism = 1024 }, async (i, cancellation) =>
                await club.Store.Commit(BenchmarkClub.MemberId(i), Writes(accounts, i, at, rules), cancellation));
        }
        // What the seeding knew is nothing that a host that settles keeps.
        Array.Clear(accounts);
        var seeded = BenchmarkClub.PeakMegabytes();
        var last = new StatementMonth(new DateOnly(2026, 1, 1));
        var first = await Time(club, last);
        var second = await Time(club, last);
        var watch = Stopwatch.StartNew();
        var liability = (await club.Get<Liability>().Of(new DateOnly(2026, 1, 31), default)).Value;
        return new
        {
            benchmark = "settle", entries, seconds = first, again = second, liabilitySeconds = Math.Round(watch.Elapsed.TotalSeconds, 2),
            liability = liability.Cost.Yuan, seededMB = seeded, peakMB = BenchmarkClub.PeakMegabytes(),
        };
    }

    private static async Task<double> Time(BenchmarkClub club, StatementMonth month)
    {
        var watch = Stopwatch.StartNew();
        var settled = (await club.Get<Settlements>().Of(month, Caller.Operator, default)).Value;
        if (settled.Adds is not true || settled.Parties.Count < 100) throw new InvalidOperationException("The statements do not add up.");
        return Math.Round(watch.Elapsed.TotalSeconds, 2);
    }

    private static IReadOnlyList<Write> Writes(Account?[] accounts, int i, DateTimeOffset at, ProgrammeVersions rules)
    {
        var account = accounts[i] ?? new Account { MemberId = BenchmarkClub.MemberId(i), Tier = new TierState(new TierCode("ordinary"), default, null) };
        var journal = new Journal(rules, account, at, DateOnly.FromDateTime(at.DateTime));
        Post(journal, i, (int)account.Sequence, at);
        Post(journal, i, (int)account.Sequence + 1, at);
        accounts[i] = journal.Account;
        return journal.Writes;
    }

    private static void Post(Journal journal, int i, int n, DateTimeOffset at)
    {
        var (day, dealer) = (DateOnly.FromDateTime(at.DateTime), new DealerId($"D{(i + n) % 150:D3}"));
        var points = Points.Of(10 + (i + n) % 400);
        if (n % 2 == 0)
        {
            var half = new Points(points.Hundredths / 2);
            Funding[] payers = [new("hq", half), new("dealer", points - half)];
            journal.Post(new Posting($"e{i}-{n}", new Cause.Accrual("x", null), Wallet, at, day, "/dms", $"WO-{i}-{n}",
                [new LotLine($"{day:yyMMdd}{dealer}", points, day, day.AddMonths(24)) { UnitCost = 0.01m, DealerId = dealer, Payers = payers }],
                [new Explanation("1", "parts", Money.Of(points.Value), "parts", points, null) { Funding = payers }]) { DealerId = dealer });
            return;
        }
        var lot = journal.Account.Wallet(Wallet).Lots[0];
        var part = Points.Min(lot.Remaining, points);
        journal.Post(new Posting($"e{i}-{n}", new Cause.Moved(EntryKind.Redemption, new Move($"r{i}-{n}", PointValue: 0.01m)), Wallet, at, day,
            "/club/spending", $"r{i}-{n}", [lot.Take(part)], []) { Counter = [new CounterLine($"dealer:{dealer}", part)], DealerId = dealer });
    }
}
