using System.Text.Json.Nodes;
using Club.Access;
using Club.Fraud;
using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Referrals;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Fraud;

/// <summary>A club of several dealers over two months with honest noise and seeded frauds of every kind, through the queue as in life: what
/// the list of doubts has of them (docs/performance.md).</summary>
public sealed class SeededFraudTests(ITestOutputHelper output)
{
    private const int Members = 700, Days = 45;
    private const string Rules = """
        {"checks":[{"id":"km","kind":"odometerFalls","severity":"hold"},{"id":"there","kind":"vehicleElsewhere","severity":"note"},
          {"id":"bare","kind":"linesMissing","severity":"note","anyOf":["parts","labour"],"unless":["vehicle","insurance","rescue"]},
          {"id":"many","kind":"vehicleBurst","severity":"hold","most":3},
          {"id":"rush","kind":"dealerBurst","severity":"note","anyOf":["parts","labour"],"most":12,"times":3},
          {"id":"circle","kind":"referralCircle","severity":"hold","most":6}],
         "referrals":{"validDays":180},
         "earning":[{"id":"named","when":{"category":["referral"]},"award":{"fixed":10,"per":"transaction"}}],
         "dealers":{"regions":[{"code":"north","name":"北","branches":["D021-D024"]}]}}
        """;

    private static readonly DateOnly First = new(2026, 3, 9);
    private static readonly string[] Dealers = ["D021", "D022", "D023", "D024"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Most_of_what_is_in_doubt_is_false_and_most_of_what_is_false_is_in_doubt()
    {
        await using var club = new ClubFixture(rules: Book.With(Rules));
        club.At(2026, 3, 8);
        for (var i = 0; i < Members; i++) await club.Register(Phone(i));
        var truth = new Seeds(new Random(7));
        for (var day = 0; day < Days; day++)
        {
            var on = First.AddDays(day);
            club.At(on.Year, on.Month, on.Day, 22);
            if (on.DayOfWeek != DayOfWeek.Sunday)
                Assert.DoesNotContain(await club.Send(truth.Day(on)), receipt => receipt.Fate == Fate.Rejected);
        }
        var found = new HashSet<(CheckKind, string)>();
        for (string? next = null, first = ""; first is not null; first = next)
        {
            (var items, next) = await club.Get<FraudDesk>().List(null, null, 200, next, Cancellation);
            foreach (var one in items)
                foreach (var finding in one.Findings) found.Add((finding.Kind, Seeds.CaseOf(finding, one.SourceId)));
        }
        var (all, right) = (0, 0);
        foreach (var kind in Enum.GetValues<CheckKind>().Except([CheckKind.ReferralCircle]))
        {
            var (listed, seeded) = (found.Where(one => one.Item1 == kind).ToHashSet(), truth.Frauds.Where(one => one.Item1 == kind).ToHashSet());
            var hits = listed.Count(seeded.Contains);
            output.WriteLine($"{kind}: {seeded.Count} seeded, {listed.Count} listed, {hits} of them right");
            Assert.True(hits >= 0.7 * seeded.Count, $"{kind}: {hits} of {seeded.Count} seeded");
            (all, right) = (all + listed.Count, right + hits);
        }
        output.WriteLine($"{truth.Bills} bills, precision {(double)right / all:P1}, recall {(double)right / truth.Frauds.Count:P1}");
        Assert.True(right >= 0.7 * all, $"{right} of {all} listed");
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task Of_circles_those_that_are_looked_for_are_found_and_no_chain_is()
    {
        await using var club = new ClubFixture(rules: Support.Book.With(Rules));
        for (var i = 0; i < 60; i++) await club.Register(Phone(i));
        var truth = new Seeds(new Random(7));
        await Circles(club, truth);
        var open = (await club.Get<FraudDesk>().List(null, null, 200, null, Cancellation)).Items;
        var found = open.SelectMany(one => one.Findings).Where(one => one.Kind == CheckKind.ReferralCircle)
            .Select(one => (one.Kind, Seeds.CaseOf(one, ""))).ToHashSet();
        output.WriteLine($"ReferralCircle: {truth.Frauds.Count} seeded, {found.Count} listed, {found.Count(truth.Frauds.Contains)} of them right");
        Assert.Equal((6, 5, 5), (truth.Frauds.Count, found.Count, found.Count(truth.Frauds.Contains)));
    }

    /// <summary>Of three to six, which are found; one of seven, which is longer than anybody looks; and chains that nobody closes.</summary>
    private static async Task Circles(ClubFixture club, Seeds truth)
    {
        var next = 0;
        foreach (var (size, isClosed) in ((int, bool)[])[(3, true), (3, true), (4, true), (5, true), (6, true), (7, true), (4, false), (6, false), (8, false)])
        {
            var members = Enumerable.Range(next, size).ToArray();
            next += size;
            for (var i = 0; i + (isClosed ? 0 : 1) < size; i++) await Refer(club, members[i], members[(i + 1) % size]);
            if (isClosed) truth.Frauds.Add((CheckKind.ReferralCircle, (await IdOf(club, members[0])).Value));
        }
    }

    private static async Task<MemberId> IdOf(ClubFixture club, int member) =>
        (await club.Get<Membership>().Find(PersonIdentity.Of(PhoneNumber.Parse(Phone(member)).Value), Cancellation))!.MemberId;

    private static async Task Refer(ClubFixture club, int from, int to)
    {
        var request = new ReferralRequest(PhoneNumber.Parse(Phone(to)).Value, null, null, null);
        Assert.True((await club.Get<ReferralDesk>().Report(await IdOf(club, from), request, Caller.Operator, Cancellation)).Succeeded);
        club.Clock.Advance(TimeSpan.FromMinutes(1));
        var sold = await club.Send(Events.Bill($"S-{from}-{to}", Phone(to), time: $"{club.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}",
            lines: [Events.Line("1", "vehicle", 150_000m, "明锐")]));
        Assert.Equal(Fate.Booked, Assert.Single(sold).Fate);
        Assert.Equal(0, (await club.Sweep("follow")).Failed);
        Assert.Equal(0, (await club.Sweep("follow")).Failed);
        Assert.Contains((await club.Get<ReferralDesk>().Of(await IdOf(club, from), Caller.Operator, 50, null, Cancellation))!.Value.Items,
            one => one.State == ReferralState.Bought);
    }

    private static string Phone(int i) => $"1390000{i:0000}";

    /// <summary>Bills of a day, and which of them are frauds.</summary>
    private sealed class Seeds(Random random)
    {
        private readonly int[] _km = [.. Enumerable.Range(0, Members).Select(_ => random.Next(5000, 60_000))];
        private readonly HashSet<int> _today = [];
        private int _vehicle, _number, _minute;

        public HashSet<(CheckKind, string)> Frauds { get; } = [];
        public int Bills { get; private set; }

        /// <summary>What is one fraud: a bill, a dealer's day, a circle.</summary>
        public static string CaseOf(FindingView finding, string bill) => finding.Kind switch
        {
            CheckKind.DealerBurst => $"{finding.DealerId}/{finding.On:yyyy-MM-dd}",
            CheckKind.ReferralCircle => finding.Circle![0].Value,
            _ => bill,
        };

        public string[] Day(DateOnly on)
        {
            _today.Clear();
            _minute = 0;
            var bills = new List<string>();
            foreach (var dealer in Dealers)
            {
                // A day of a campaign is twice an ordinary one, and honest.
                var many = random.Next(5, 10) * (random.Next(25) == 0 ? 2 : 1);
                for (var i = 0; i < many; i++) Honest(bills, on, dealer);
                if (on.DayNumber - First.DayNumber >= 10 && random.Next(40) == 0) Rush(bills, on, dealer);
            }
            for (var i = 0; i < 3; i++) Fraud(bills, on, random.Next(4));
            Bills += bills.Count;
            return [.. bills];
        }

        private void Honest(List<string> bills, DateOnly on, string dealer)
        {
            var vehicle = Next();
            _km[vehicle] += random.Next(500, 6000);
            // One reading in two hundred is mistyped; one vehicle in three hundred is at two dealers in a day for a reason.
            var told = random.Next(200) == 0 ? Math.Max(0, _km[vehicle] - 20_000) : _km[vehicle];
            bills.Add(Bill(vehicle, on, dealer, told, random.Next(12) == 0 ? "insurance" : "parts"));
            if (random.Next(300) == 0) bills.Add(Bill(vehicle, on, dealer == "D021" ? "D022" : "D021", _km[vehicle], "labour"));
        }

        private void Rush(List<string> bills, DateOnly on, string dealer)
        {
            Frauds.Add((CheckKind.DealerBurst, $"{dealer}/{on:yyyy-MM-dd}"));
            for (var i = 0; i < 40; i++)
            {
                var vehicle = Next();
                bills.Add(Bill(vehicle, on, dealer, _km[vehicle] += 10, "labour"));
            }
        }

        private void Fraud(List<string> bills, DateOnly on, int kind)
        {
            var vehicle = Next();
            var km = _km[vehicle] += 1000;
            bills.Add(Bill(vehicle, on, "D023", km, "parts"));
            if (kind == 0) Seed(CheckKind.OdometerFalls, Bill(vehicle, on, "D023", random.Next(0, km), "parts"), bills);
            else if (kind == 1) Seed(CheckKind.VehicleElsewhere, Bill(vehicle, on, "D024", km, "labour"), bills);
            else if (kind == 2) Seed(CheckKind.LinesMissing, Bill(vehicle, on, "D023", km, "gift"), bills);
            else
                for (var order = 2; order <= 6; order++)
                {
                    var bill = Bill(vehicle, on, "D023", km, "labour");
                    if (order > 3) Seed(CheckKind.VehicleBurst, bill, bills);
                    else bills.Add(bill);
                }
        }

        private void Seed(CheckKind kind, string bill, List<string> bills)
        {
            Frauds.Add((kind, $"WO-{_number}"));
            bills.Add(bill);
        }

        /// <summary>Each vehicle in its turn, so that none comes again after a few days.</summary>
        private int Next()
        {
            do _vehicle = (_vehicle + 1) % Members;
            while (!_today.Add(_vehicle));
            return _vehicle;
        }

        private static string VinOf(int vehicle)
        {
            var vin = $"LSVFF26R0D2{vehicle:000000}";
            return $"{vin[..8]}{Vin.CheckDigitOf(vin)}{vin[9..]}";
        }

        private string Bill(int vehicle, DateOnly on, string dealer, int km, string category) => Events.With(
            Events.Bill($"WO-{++_number}", Phone(vehicle), time: $"{on:yyyy-MM-dd}T{new TimeOnly(9, 0).AddMinutes(++_minute):HH:mm}:00+08:00",
                lines: [Events.Line("1", category, 490m)], dealerId: dealer),
            "data.vehicle", new JsonObject { ["vin"] = VinOf(vehicle), ["odometer"] = km });
    }
}
