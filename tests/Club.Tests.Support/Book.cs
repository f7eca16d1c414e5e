using System.Text;
using System.Text.Json.Nodes;
using Club.Earning;
using Club.Kernel;
using Club.Programmes;

namespace Club.Tests.Support;

/// <summary>A small valid programme file to change, and transactions to judge by it.</summary>
internal static class Book
{
    public const string Wallets =
        """[{"code":"club","name":"积分","scope":"club","unit":"积分","expiry":{"kind":"never"},"unitCost":1},{"code":"branch","name":"分会积分","scope":"branch","unit":"积分","expiry":{"kind":"never"},"unitCost":1}]""";

    public const string Tiers =
        """[{"code":"ordinary","name":"普卡"},{"code":"gold","name":"金卡","criteria":{"metric":"points","atLeast":100,"windowMonths":12},"validityMonths":12}]""";

    public static JsonObject File() => JsonNode.Parse($$$"""
        {"id":"test","name":"车友会","version":"1","effectiveFrom":"2026-01-01","currency":"CNY","wallets":{{{Wallets}}},
         "earning":[{"id":"parts","when":{"category":["parts"]},"award":{"rate":0.01}}],"tiers":{{{Tiers}}},
         "care":[{"occasion":"pointsExpiring","daysBefore":30,"template":"{{ name }}"}],
         "dealers":{"regions":[{"code":"north","name":"北","branches":["D001-D003"],"withoutBranch":["D009"]}]}}
        """)!.AsObject();

    public static Programme Read(JsonNode file) => ProgrammeReader.Read(Encoding.UTF8.GetBytes(file.ToJsonString()));

    /// <summary>Members have classes.</summary>
    public const string Value =
        """{"months":12,"categories":["parts"],"classes":{"D":{"total":10000},"G":{"total":2000}},"visits":{"expectedDays":180,"leastDays":30,"mostDays":400,"apartDays":14,"lostAfter":2},"strategies":[{"cell":"DA","zh":"钻忠","en":"keep"},{"cell":"DB","zh":"钻摇","en":"hold"},{"cell":"DC","zh":"钻流","en":"win back"},{"cell":"GA","zh":"金忠","en":"keep"},{"cell":"GB","zh":"金摇","en":"hold"},{"cell":"GC","zh":"金流","en":"win back"},{"cell":"SA","zh":"银忠","en":"keep"},{"cell":"SB","zh":"银摇","en":"hold"},{"cell":"SC","zh":"银流","en":"leave"}]}""";

    /// <summary>A programme with these earning rules, and with classes where they ask for one.</summary>
    public static Programme Rules(params string[] rules)
    {
        var file = File();
        if (rules.Any(rule => rule.Contains("Class\"", StringComparison.Ordinal))) Set(file, "value", Value);
        file["earning"] = new JsonArray([.. rules.Select(rule => JsonNode.Parse(rule))]);
        return Read(file);
    }

    /// <summary>A programme with these members of the file, as JSON, instead of its own.</summary>
    public static Programme With(string members) => Read(FileWith(members));

    public static JsonObject FileWith(string members)
    {
        var file = File();
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject()) file[name] = value?.DeepClone();
        return file;
    }

    /// <summary>A programme with these tiers above the ordinary one.</summary>
    public static Programme TiersAbove(params string[] tiers)
    {
        var file = File();
        file["tiers"] = JsonNode.Parse($$"""[{"code":"ordinary","name":"普卡"},{{string.Join(',', tiers)}}]""");
        return Read(file);
    }

    public static Transaction Transaction(params TransactionLine[] lines) => new(
        "/dms/D001", "WO-1", new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8)), new(2026, 3, 2), new DealerId("D001"), "shop", "card", 3, null,
        [.. lines.Select((line, i) => line with { LineId = $"{i + 1}" })]);

    public static TransactionLine Line(string category, decimal amount) => new("", category, null, null, 1, Money.Of(amount));

    public static IReadOnlyList<Award> Earn(Programme programme, params TransactionLine[] lines) => Earn(programme, Transaction(lines));

    public static IReadOnlyList<Award> Earn(Programme programme, Transaction transaction, string tier = "ordinary") =>
        EarningRules.Evaluate(programme, transaction, new EarningFacts(new TierCode(tier)));

    /// <summary>The same file as another version, from a day on, with these values changed.</summary>
    public static JsonObject Version(string version, string effectiveFrom, params (string Path, string? Json)[] changes)
    {
        var file = File();
        (file["version"], file["effectiveFrom"]) = (version, effectiveFrom);
        foreach (var (path, json) in changes) Set(file, path, json);
        return file;
    }

    public static IReadOnlyList<Award> Earn(Programme programme, Transaction transaction, EarningFacts facts) =>
        EarningRules.Evaluate(programme, transaction, facts);

    /// <summary>The awards after caps, and the counters after them.</summary>
    public static (IReadOnlyList<Award> Awards, IReadOnlyList<Counter> Counters) Capped(
        Programme programme, Transaction transaction, IReadOnlyList<Counter>? counters = null, DateOnly? today = null) =>
        CapRules.Apply(programme, Earn(programme, transaction), counters ?? [], transaction.On, today ?? transaction.On);

    public static Transaction On(string date, params TransactionLine[] lines) =>
        Transaction(lines) with { On = DateOnly.Parse(date, null) };

    /// <summary>Replaces the value at a path such as <c>earning[0].award.rate</c>; null removes it.</summary>
    public static void Set(JsonNode root, string path, string? json)
    {
        var steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);
        var parent = steps[..^1].Aggregate(root, (node, step) => (step[0] == '[' ? node[int.Parse(step[1..^1], null)] : node[step])!);
        var value = json is null ? null : JsonNode.Parse(json);
        if (steps[^1][0] == '[') parent.AsArray()[int.Parse(steps[^1][1..^1], null)] = value;
        else if (json is null) parent.AsObject().Remove(steps[^1]);
        else parent[steps[^1]] = value;
    }
}
