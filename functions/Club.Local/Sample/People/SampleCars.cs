using Club.Programmes;

namespace Club.Local.Sample;

/// <param name="Price">CNY.</param>
internal sealed record SampleModel(string Name, int Price);

/// <summary>The cars that members of a programme drive.</summary>
internal static class SampleCars
{
    private const int UnknownPrice = 100_000;

    /// <summary>Foton's with the prices of the blueprint (DOMAIN, number 1), the others roughly as they were sold.</summary>
    private static readonly Dictionary<string, int> Prices = new(StringComparer.Ordinal)
    {
        ["得利卡"] = 60_000, ["希旺"] = 30_000, ["V3菱悦"] = 50_000, ["V5菱致"] = 70_000, ["V6菱仕"] = 80_000, ["DX7"] = 100_000,
        ["蓝瑟"] = 60_000, ["戈蓝"] = 140_000, ["君阁"] = 120_000, ["翼神"] = 90_000, ["风迪思"] = 90_000,
    };

    private static readonly SampleModel[] Skoda =
    [
        new("明锐", 135_000), new("晶锐", 85_000), new("昕锐", 95_000), new("速派", 189_000), new("野帝", 165_000), new("柯珞克", 149_000),
        new("柯迪亚克", 199_000),
    ];

    private static readonly SampleModel[] Byd =
        [new("秦", 119_000), new("宋", 149_000), new("元", 109_000), new("汉", 229_000), new("唐", 219_000), new("海豚", 99_800)];

    /// <summary>Those that the rule book names for sales; else the brand's.</summary>
    public static IReadOnlyList<SampleModel> Of(Programme programme)
    {
        string[] named = [.. programme.Earning.Where(IsOfSales).SelectMany(rule => Values(rule, Dimension.Model)).Distinct()];
        if (named.Length > 0) return [.. named.Select(name => new SampleModel(name, Prices.GetValueOrDefault(name, UnknownPrice)))];
        return programme.Id == "byd" ? Byd : Skoda;
    }

    /// <summary>For what event the points of a second car wait, where the rule book lets them wait and asks nothing else; null: for
    /// none.</summary>
    public static string? RepurchaseAwaits(Programme programme) =>
        programme.Earning.FirstOrDefault(rule => IsOfSales(rule) && Values(rule, Dimension.Campaign).Contains(SampleMember.Repurchase)
            && rule is { Pending: Pending.Event, Award: Reward.Fixed, Budget: null, From: null, To: null } && rule.When.All(IsPlain))
            is { Pending: Pending.Event { Name: var name } } ? name : null;

    private static bool IsPlain(Condition condition) => condition switch
    {
        Condition.OneOf { Dimension: Dimension.Category or Dimension.Campaign } => true,
        Condition.Is { Dimension: Dimension.FirstTime, Wanted: false } => true,
        _ => false,
    };

    private static bool IsOfSales(EarningRule rule) => Values(rule, Dimension.Category).Contains("vehicle");

    private static IEnumerable<string> Values(EarningRule rule, Dimension dimension) =>
        rule.When.OfType<Condition.OneOf>().Where(condition => condition.Dimension == dimension).SelectMany(condition => condition.Values);
}
