using System.Globalization;
using System.Text;

namespace Club.Docs.Tests.Cost;

/// <summary>The tables of docs/cost.md, by the name of the mark they stand under.</summary>
internal sealed class CostPage(IReadOnlyDictionary<string, IReadOnlyList<Request>> asked, MemberYear year, IReadOnlyList<BusyMember> busy)
{
    private const double Members = 1_000_000;
    private const int MaximumRu = 4000, HoursAtMaximum = 60;
    private static readonly (int Transactions, int Days)[] Busy = [(1, 1), (100, 1), (10_000, 1), (100, 100), (1_000, 720), (10_000, 720)];
    private readonly Month _month = new(Members, year);

    public static async Task<CostPage> Measure()
    {
        var asked = new Dictionary<string, IReadOnlyList<Request>>();
        foreach (var useCase in UseCases.All) asked[useCase.Name] = await useCase.Run();
        var busy = new List<BusyMember>();
        foreach (var (transactions, days) in Busy) busy.Add(await BusyMember.Live(transactions, days));
        return new CostPage(asked, await MemberYear.Live(), busy);
    }

    public IReadOnlyDictionary<string, string> Tables => new Dictionary<string, string>
    {
        ["use-cases"] = Table(
            ["use case", "reads", "finds in one partition", "finds everywhere", "commits: writes", "KB read", "KB written", "RU",
            "RU with Strong"],
            asked.Select(useCase => Row(useCase.Key, useCase.Value))),
        ["member-year"] = Table(["of one member, third year", ""], MemberRows()),
        ["month"] = Table(["use case", "how often", "times", "RU each", "million RU"], MonthRows()),
        ["money"] = Table(["what", "arithmetic", "a month"], MoneyRows()),
        ["growth"] = Table(["members", "years", "GB", "physical partitions", "million RU a month", "serverless RU", "storage"],
        GrowthRows()),
        ["consistency"] = Table(["level", "RU of one accrual", "million RU a month"], ConsistencyRows()),
        ["key"] = Table(["physical partitions", "look-up everywhere", "a key document of its own"], Enumerable.Range(1, 4).Select(KeyRow)),
        ["index"] = Table(["indexing policy", "index terms of one accrual", "RU of its batch"], IndexRows()),
        ["hot"] = Table(["transactions in the account", "on so many days", "account", "RU of one more", "a second at 10,000 RU/s"],
        busy.Select(BusyRow)),
    };

    /// <summary>Members whose bills all came on one day.</summary>
    public IEnumerable<BusyMember> OfOneDay => busy.Where(member => member.Days == 1);

    /// <summary>The numbers on which decisions rest, as they stand in docs/decisions.</summary>
    public IReadOnlyDictionary<string, string> Deciding
    {
        get
        {
            var all = _month.RequestUnits(asked, 1);
            var batch = asked["accrual, by phone"].OfType<Request.Commit>().Last();
            var byDefault = ByDefault(batch);
            var gb = Storage.Gb(year, Members, 1);
            return new Dictionary<string, string>
            {
                ["0006"] = $"{Number(_month.Keys(KeyRu) / 1e6, "0.0")} million RU, or ${Number(_month.Keys(KeyRu) / 1e6 * Prices.ServerlessPerMillionRu, "0.00")}, a month",
                ["0007"] = $"about {About(all / 1e6)} million RU a month of a million members, **Strong adds {About(Doubled / all * 100)} %**",
                ["0008"] = $"**About {About(Storage.PerMemberYear(year) / 1024)} KB a year**",
                ["0009"] = $"**{batch.Changes.Sum(change => change.Terms)} index terms instead of some {About(byDefault.Changes.Sum(change => change.Terms))}, and costs about {About(RuModel.Of(batch))} RU instead of {About(RuModel.Of(byDefault))}**",
                ["0021"] = string.Join("", busy.Select(member =>
                $"| {Number(member.Transactions, "#,0")} | {member.Days} | {Kb(member.AccountBytes)} KB | {About(member.RequestUnits)} |\n")),
                ["0011"] = $"${Number(all / 1e6 * Prices.ServerlessPerMillionRu, "0")} serverless",
                ["0012"] = $"about ${Number(gb * Prices.Backup30DaysPerGb, "0")} a month",
            };
        }
    }

    private double Doubled => _month.Happenings.Sum(happening =>
        happening.Times * (happening.RequestUnits(asked, 1) - RuModel.CommitsOf(asked[happening.UseCase])));

    private static Request.Commit ByDefault(Request.Commit commit) =>
        commit with { Changes = [.. commit.Changes.Select(change => change with { Terms = change.Terms + change.Values })] };

    private static string[] Row(string name, IReadOnlyList<Request> requests)
    {
        var finds = requests.OfType<Request.Find>().ToArray();
        var commits = requests.OfType<Request.Commit>().ToArray();
        var changes = commits.SelectMany(commit => commit.Changes).ToArray();
        var read = requests.OfType<Request.Read>().Sum(request => request.Bytes ?? 0) + finds.Sum(find => find.Bytes.Sum());
        return
        [
            name, Count(requests.OfType<Request.Read>().Count()), Count(finds.Count(find => !find.Everywhere)),
                Count(finds.Count(find => find.Everywhere)),
            commits.Length == 0 ? "" : $"{commits.Length}: {changes.Length}", Kb(read), Kb(changes.Sum(change => change.Bytes)),
            Number(RuModel.Of(requests), "0.0"), Number(2 * RuModel.Of(requests) - RuModel.CommitsOf(requests), "0.0"),
        ];
    }

    private IEnumerable<string[]> MemberRows() =>
    [
        ["transactions", $"{year.Transactions}"],
        ["entries of lapsed points", $"{year.Expiries}"],
        ["SMS (as the operator counts them)", $"{year.Sms} ({year.Segments})"],
        ["new items", $"{year.Documents}"],
        ["growth of the items", $"{Kb(year.Bytes)} KB"],
        ["with 0.2 KB of system properties for each item, and a tenth for the index",
        $"{Number(Storage.PerMemberYear(year) / 1024, "0.0")} KB"],
        ["on joining, likewise", $"{Number(Storage.PerMemberAtFirst(year) / 1024, "0.0")} KB"],
    ];

    private IEnumerable<string[]> MonthRows()
    {
        foreach (var happening in _month.Happenings)
        {
            var each = happening.RequestUnits(asked, 1);
            yield return [happening.UseCase, happening.How, Number(happening.Times, "#,0"), Number(each, "0.0"),
                Millions(happening.Times * each)];
        }
        yield return ["**all**", "", "", "", $"**{Millions(_month.RequestUnits(asked, 1))}**"];
    }

    private IEnumerable<string[]> MoneyRows()
    {
        var ru = _month.RequestUnits(asked, 1) / 1e6;
        var gb = Storage.Gb(year, Members, 1);
        var floor = MaximumRu / 10 / 100.0;
        var busy = HoursAtMaximum * MaximumRu / 100.0 + (Prices.HoursInMonth - HoursAtMaximum) * floor;
        var operations = 3 * (_month.Messages + Month.WorkMessages) / 1e6;
        var executions = (_month.Messages + Month.WorkMessages + _month.Sms + Members * 0.42) / 1e6;
        var seconds = _month.Messages * 2;
        var sms = _month.Sms * year.Segments / year.Sms;
        yield return ["Cosmos DB, serverless", $"{Number(ru, "0")} million RU × $0.25", Dollars(ru * Prices.ServerlessPerMillionRu)];
        yield return ["or autoscale to 4,000 RU/s", $"(60 h × 40 + 670 h × 4) × $0.012", Dollars(busy * Prices.AutoscalePer100RuHour)];
        yield return ["autoscale when nothing happens", "730 h × 4 × $0.012",
            Dollars(Prices.HoursInMonth * floor * Prices.AutoscalePer100RuHour)];
        yield return ["storage after a year", $"{Number(gb, "0")} GB × $0.25", Dollars(Math.Round(gb) * Prices.StoragePerGb)];
        yield return ["backup of 30 days (7 days: nothing)", $"{Number(gb, "0")} GB × $0.20",
            Dollars(Math.Round(gb) * Prices.Backup30DaysPerGb)];
        yield return ["Service Bus, Standard",
            $"730 h × $0.0135; 3 × ({Number(_month.Messages / 1e6, "0.00")} + {Number(Month.WorkMessages / 1e6, "0.00")}) = {Number(operations, "0.0")} million operations, 13 included",
            Dollars(Prices.HoursInMonth * Prices.ServiceBusPerHour + Math.Max(0,
            operations - Prices.ServiceBusIncludedMillions) * Prices.ServiceBusPerMillion)];
        yield return ["Functions, executions at most", $"({Number(executions, "0.00")} − 0.25) million × $0.40",
            Dollars((executions - Prices.ExecutionsIncludedMillions) * Prices.ExecutionPerMillion)];
        yield return ["Functions, on demand at most", $"({Number(_month.Messages, "#,0")} × 1 s × 2 GB − 100,000) × $0.000026",
            Dollars((seconds - Prices.GbSecondsIncluded) * Prices.GbSecond)];
        yield return ["SMS", $"{Number(sms, "#,0")} × ¥0.045", $"¥{Number(sms * Prices.SmsInYuan, "#,0")}"];
    }

    private IEnumerable<string[]> GrowthRows() =>
        from members in new[] { 10_000, 100_000, 1_000_000, 5_000_000 }
        from years in new[] { 1, 3, 10 }
        let gb = Storage.Gb(year, members, years)
        let partitions = Storage.PhysicalPartitions(gb)
        let month = new Month(members, year)
        let ru = month.RequestUnits(asked, partitions)
        select new[]
        {
            Number(members, "#,0"), $"{years}", About(gb), $"{partitions}", About(ru / 1e6),
            $"${About(ru / 1e6 * Prices.ServerlessPerMillionRu)}", $"${About(gb * Prices.StoragePerGb)}",
        };

    private IEnumerable<string[]> ConsistencyRows()
    {
        var accrual = asked["accrual, by phone"];
        var all = _month.RequestUnits(asked, 1);
        yield return ["Session", Number(RuModel.Of(accrual), "0.0"), Millions(all)];
        yield return ["Strong, bounded staleness", Number(2 * RuModel.Of(accrual) - RuModel.CommitsOf(accrual), "0.0"),
            $"{Millions(all + Doubled)} (+{Number(Doubled / all * 100, "0")} %)"];
    }

    private IEnumerable<string[]> IndexRows()
    {
        var commit = asked["accrual, by phone"].OfType<Request.Commit>().Last();
        foreach (var (policy, batch) in new[] { ("only the declared keys, `/ix/*`", commit),
            ("everything, the default", ByDefault(commit)) })
            yield return [policy, $"{batch.Changes.Sum(change => change.Terms)}", Number(RuModel.Of(batch), "0.0")];
    }

    private static string[] BusyRow(BusyMember member) =>
    [
        Number(member.Transactions, "#,0"), $"{member.Days}", $"{Kb(member.AccountBytes)} KB", Number(member.RequestUnits, "#,0.0"),
            Number(Math.Floor(10_000 / member.RequestUnits), "0"),
    ];

    /// <summary>A document of its own for each key, beside looking for it in every partition.</summary>
    private string[] KeyRow(int partitions) =>
        [$"{partitions}", $"{Number(RuModel.Query * partitions, "0.0")} RU", $"{Number(KeyRu, "0.0")} RU and 0.5 KB of storage"];

    private double KeyRu => RuModel.Of(asked["accrual, by phone"].OfType<Request.Commit>().First());

    private static string Table(string[] head, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        Line(text, head);
        Line(text, [.. head.Select((_, column) => column == 0 ? "---" : "---:")]);
        foreach (var row in rows) Line(text, row);
        return text.ToString();
    }

    private static void Line(StringBuilder text, string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Count(int count) => count == 0 ? "" : $"{count}";
    private static string Kb(int bytes) => Number(bytes / 1024.0, "0.0");
    private static string Millions(double units) => Number(units / 1e6, units < 1e6 ? "0.00" : units < 1e7 ? "0.0" : "#,0");
    private static string Dollars(double dollars) => $"${Number(dollars, dollars < 10 ? "0.00" : "#,0")}";

    /// <summary>Two digits that count: what a reader remembers, and what a few bytes more do not change.</summary>
    private static string About(double value)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return Number(Math.Round(value / unit) * unit, value < 1 ? "0.00" : value < 10 ? "0.0" : "#,0");
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
