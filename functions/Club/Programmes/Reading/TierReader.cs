using Club.Kernel;
namespace Club.Programmes;

internal static class TierReader
{
    private const int MostMonths = 1200;

    public static IReadOnlyList<Tier> Read(JsonCursor place, IReadOnlyList<Wallet> wallets)
    {
        var codes = new UniqueCodes();
        var tiers = new List<Tier>();
        var criteria = new List<(Criterion? Criterion, JsonCursor Place)>();
        foreach (var item in place.Items(least: 1))
        {
            var tier = item.Has(ProgrammeFormat.Tier) ? ReadTier(item, tiers.Count, wallets) : new Tier(new TierCode(""), "", tiers.Count);
            codes.Add(item["code"], tier.Code.Value.Length > 0 ? tier.Code.Value : null);
            tiers.Add(tier);
            criteria.Add((tier.Criteria, item));
        }
        CheckOrder(tiers, criteria);
        return tiers;
    }

    private static Tier ReadTier(JsonCursor item, int rank, IReadOnlyList<Wallet> wallets)
    {
        string[] onlyAbove = ["criteria", "validityMonths", "graceMonths", "graceDays", "downgrade"];
        if (rank == 0)
            foreach (var member in onlyAbove.Where(member => item[member].Exists))
                item[member].Error("does not go with the first tier: everyone holds it, without an end.");
        else if (!item["criteria"].Exists) item["criteria"].Error("is missing: only the first tier has none.");
        if (!item["validityMonths"].Exists)
            foreach (var member in onlyAbove.Skip(2).Where(member => rank > 0 && item[member].Exists))
                item[member].Error("needs \"validityMonths\".");

        return new Tier(
            new TierCode(item["code"].Code() ?? ""),
            item["name"].Text() ?? "",
            rank,
            item["criteria"].Exists && rank > 0 ? ReadCriterion(item["criteria"], wallets) : null,
            item["validityMonths"].Whole(1, MostMonths),
            item["graceMonths"].Whole(0, MostMonths) ?? 0,
            item["graceDays"].Whole(0, 3660) ?? 0,
            item["downgrade"].Word(ProgrammeFormat.Words<Downgrade>()) ?? default,
            item["source"].Text());
    }

    /// <returns>Null when it has an error.</returns>
    private static Criterion? ReadCriterion(JsonCursor place, IReadOnlyList<Wallet> wallets)
    {
        if (!place.Has(ProgrammeFormat.Criterion)) return null;
        string[] kinds = ["any", "all", "metric"];
        if (kinds.Count(kind => place[kind].Exists) != 1)
        {
            place.Error("must have exactly one of \"any\", \"all\" and \"metric\".");
            return null;
        }
        if (place["metric"].Exists) return ReadMeasure(place, wallets);
        foreach (var member in ProgrammeFormat.Criterion.Members.Except(kinds).Where(member => place[member].Exists))
            place[member].Error("goes only with \"metric\".");
        var list = place["any"].Exists ? place["any"] : place["all"];
        var of = list.Items(least: 1).Select(item => ReadCriterion(item, wallets)).OfType<Criterion>().ToList();
        return of.Count == 0 ? null : place["any"].Exists ? new Criterion.Any(of) : new Criterion.All(of);
    }

    private static Criterion.Measure? ReadMeasure(JsonCursor place, IReadOnlyList<Wallet> wallets)
    {
        var metric = place["metric"].Word(ProgrammeFormat.Words<Metric>());
        var moreThan = place["moreThan"].Exists;
        if (moreThan == place["atLeast"].Exists)
        {
            place.Error("must have exactly one of \"atLeast\" and \"moreThan\".");
            return null;
        }
        var limit = place[moreThan ? "moreThan" : "atLeast"];
        var threshold = metric == Metric.Count ? limit.Whole(0, 1_000_000) : limit.Points()?.Value;
        if (!moreThan && threshold == 0) limit.Error("0 holds for everyone.");
        if (place["wallet"].Exists && metric is not (null or Metric.Points)) place["wallet"].Error("goes only with points.");
        var wallet = WalletReader.Find(place["wallet"], wallets);
        return metric is null || threshold is null
            ? null
            : new Criterion.Measure(
                metric.Value,
                [.. place["categories"].Texts().Select(category => category.Text)],
                metric == Metric.Points ? wallet : null,
                threshold.Value,
                moreThan,
                place["windowMonths"].Whole(1, MostMonths));
    }

    /// <summary>A tier that nobody can hold, because whoever earns it earns a higher one too, stands in the wrong place.</summary>
    private static void CheckOrder(List<Tier> tiers, List<(Criterion? Criterion, JsonCursor Place)> criteria)
    {
        for (var higher = 1; higher < tiers.Count; higher++)
        {
            for (var lower = 1; lower < higher; lower++)
            {
                if (criteria[lower].Criterion is not { } low || criteria[higher].Criterion is not { } high
                    || !CriterionOrder.Implies(low, high))
                    continue;
                criteria[higher].Place.Error(
                    $"is out of order: whoever earns \"{tiers[lower].Code}\" earns \"{tiers[higher].Code}\" too. Tiers are listed lowest first.");
            }
        }
    }
}
