using Club.Kernel;

namespace Club.Programmes;

internal static class BenefitReader
{
    private const int Most = 10_000;

    public static IReadOnlyList<Benefit> Read(JsonCursor place, IReadOnlyList<Tier> tiers)
    {
        var codes = new UniqueCodes();
        var benefits = new List<Benefit>();
        foreach (var item in place.Items())
        {
            if (!item.Has(ProgrammeFormat.Benefit)) continue;
            var benefit = ReadBenefit(item, tiers);
            codes.Add(item["code"], benefit.Code.Length > 0 ? benefit.Code : null);
            benefits.Add(benefit);
        }
        return benefits;
    }

    private static Benefit ReadBenefit(JsonCursor item, IReadOnlyList<Tier> tiers)
    {
        if (item["count"].Exists && !item["per"].Exists)
            item["per"].Error($"is missing: one of {string.Join(", ", ProgrammeFormat.Words<BenefitPeriod>().Keys)}.");
        string[] onlyCounted = ["per", "carryOver"];
        if (!item["count"].Exists)
            foreach (var member in onlyCounted.Where(member => item[member].Exists)) item[member].Error("needs \"count\".");
        return new Benefit(
            item["code"].Code() ?? "",
            item["name"].Text() ?? "",
            ReadTiers(item["tiers"], tiers),
            item["count"].Whole(1, Most),
            item["per"].Word(ProgrammeFormat.Words<BenefitPeriod>()) ?? default,
            item["carryOver"].Whole(0, Most) ?? 0,
            item["source"].Text());
    }

    private static IReadOnlyList<TierCode> ReadTiers(JsonCursor place, IReadOnlyList<Tier> tiers)
    {
        var named = place.Texts();
        foreach (var (code, item) in named)
            if (tiers.All(tier => tier.Code != code))
                item.Error($"there is no tier {item.Shown}{Nearest.Hint(code, tiers.Select(tier => tier.Code.Value))}");
        return [.. named.Select(tier => new TierCode(tier.Text))];
    }
}
