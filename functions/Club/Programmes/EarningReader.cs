using Club.Kernel;

namespace Club.Programmes;

internal sealed class EarningReader(IReadOnlyList<Wallet> wallets, IReadOnlyList<Tier> tiers, DealerNetwork dealers, Rounding rounding)
{
    private const decimal MostPerYuan = 100;
    private const decimal MostFactor = 100;

    /// <returns>Null when there is none.</returns>
    public static Rounding? ReadRounding(JsonCursor place)
    {
        if (!place.Has(ProgrammeFormat.Rounding)) return null;
        var mode = place["mode"].Word(ProgrammeFormat.Words<RoundingMode>()) ?? default;
        var to = place["to"].Number(0, 1);
        if (to is null or 0.01m or 1m) return new Rounding(mode, to == 1m ? Points.Of(1) : new Points(1));
        place["to"].Error($"{place["to"].Shown} is neither 0.01 nor 1.");
        return null;
    }

    public IReadOnlyList<EarningRule> Read(JsonCursor place)
    {
        var ids = new UniqueCodes();
        var rules = new List<EarningRule>();
        var leaders = new Dictionary<string, EarningRule>(StringComparer.Ordinal);
        foreach (var item in place.Items())
        {
            if (!item.Has(ProgrammeFormat.EarningRule)) continue;
            var rule = ReadRule(item);
            ids.Add(item["id"], rule.Id.Length > 0 ? rule.Id : null);
            if (rule.Group is not null && !leaders.TryAdd(rule.Group, rule)) CheckRival(item, leaders[rule.Group], rule);
            rules.Add(rule);
        }
        return rules;
    }

    private EarningRule ReadRule(JsonCursor item)
    {
        var id = item["id"].Code() ?? "";
        var (from, to) = (item["from"].Date(), item["to"].Date());
        if (to < from) item["to"].Error($"{item["to"].Shown} is before \"from\".");
        return new EarningRule(
            id,
            item["name"].Text() ?? id,
            ReadConditions(item["when"]),
            ReadAward(item["award"]),
            ReadRounding(item["rounding"]) ?? rounding,
            WalletReader.Find(item["wallet"], wallets),
            item["group"].Code(),
            item["source"].Text(),
            from,
            to);
    }

    private List<Condition> ReadConditions(JsonCursor place)
    {
        var conditions = new List<Condition>();
        if (!place.Has(ProgrammeFormat.When)) return conditions;
        foreach (var (word, dimension) in ProgrammeFormat.Words<Dimension>())
        {
            if (!place[word].Exists) continue;
            var values = place[word].Texts();
            conditions.Add(new Condition(dimension, [.. values.Select(value => value.Text)]));
            var known = dimension switch
            {
                Dimension.Tier => [.. tiers.Select(tier => tier.Code)],
                Dimension.Dealer => [.. dealers.Codes],
                _ => Array.Empty<string>(),
            };
            foreach (var (text, item) in values.Where(value => known.Length > 0 && !known.Contains(value.Text)))
                item.Error($"there is no {word} {item.Shown}{Nearest.Hint(text, known)}");
        }
        return conditions;
    }

    private static Reward ReadAward(JsonCursor place)
    {
        var none = new Reward.Rate(0);
        if (!place.Has(ProgrammeFormat.Award)) return none;
        if (new[] { place["rate"], place["fixed"], place["multiplier"] }.Count(kind => kind.Exists) != 1)
        {
            place.Error("must have exactly one of \"rate\", \"fixed\" and \"multiplier\".");
            return none;
        }
        if (place["per"].Exists != place["fixed"].Exists)
            place["per"].Error(place["per"].Exists ? "goes only with \"fixed\"." : "is missing: \"transaction\" or \"line\".");
        if (place["rate"].Exists) return new Reward.Rate(place["rate"].NumberAbove(0, MostPerYuan) ?? 0);
        if (place["multiplier"].Exists) return new Reward.Multiplier(place["multiplier"].NumberAbove(1, MostFactor) ?? 1);
        var points = place["fixed"].Points();
        if (points is { IsZero: true }) place["fixed"].Error("0 gives nothing.");
        return new Reward.Fixed(points ?? Points.Zero, place["per"].Word(ProgrammeFormat.Words<AwardUnit>()) ?? default);
    }

    /// <summary>Only like can be compared with like: the rules of a group give the same kind of award into the same wallet.</summary>
    private static void CheckRival(JsonCursor item, EarningRule leader, EarningRule rule)
    {
        if (KindOf(leader.Award) != KindOf(rule.Award)) item["group"].Error($"\"{rule.Group}\" mixes awards {KindOf(leader.Award)} and {KindOf(rule.Award)}.");
        if (leader.Wallet != rule.Wallet) item["group"].Error($"\"{rule.Group}\" mixes the wallets \"{leader.Wallet}\" and \"{rule.Wallet}\".");
    }

    private static string KindOf(Reward award) => award switch
    {
        Reward.Multiplier => "by multiplier",
        Reward.Fixed { Per: AwardUnit.Transaction } => "per transaction",
        _ => "per line",
    };
}
