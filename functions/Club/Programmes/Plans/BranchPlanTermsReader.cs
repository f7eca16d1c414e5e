using Club.Kernel;

namespace Club.Programmes;

/// <summary>Reads what headquarters let dealers plan.</summary>
internal static class BranchPlanTermsReader
{
    private const int MostRules = 100;
    private const int MostDays = 1000;
    private const int MostLeadDays = 60;

    /// <returns>Null: dealers have no plans.</returns>
    public static BranchPlanTerms? Read(JsonCursor place, IReadOnlyList<Wallet> wallets, IReadOnlyList<Funder> funders, Rounding rounding)
    {
        if (!place.Exists || !place.Has(ProgrammeFormat.BranchPlans)) return null;
        place["source"].Text();
        if (funders.All(funder => funder.Code != BranchPlanTerms.Dealer))
            place.Error($"there is no funder \"{BranchPlanTerms.Dealer}\", who pays for what plans give.");
        var terms = new BranchPlanTerms(BranchPlanTerms.Dealer, rounding)
        {
            Rate = place["rate"].NumberAbove(0, AwardReader.MostPerYuan),
            Fixed = place["fixed"].Points(),
            Multiplier = place["multiplier"].NumberAbove(1, AwardReader.MostFactor),
            Wallets = [.. Known(place["wallets"], "wallet", wallets.Select(wallet => wallet.Code.Value))
                .Select(code => new WalletCode(code))],
            Conditions = ReadConditions(place["conditions"]),
            Rules = place["rules"].Whole(1, MostRules) ?? 0,
            Days = place["days"].Whole(1, MostDays) ?? 0,
            Stacking = place["stacking"].Exists ? place["stacking"].Word(ProgrammeFormat.Words<Stacking>()) ?? default : Stacking.Sum,
            Care = ReadCare(place["care"]),
        };
        if (terms.Fixed is { IsZero: true }) place["fixed"].Error("0 gives nothing.");
        if (terms is { Rate: null, Fixed: null, Multiplier: null, Care.Count: 0 })
            place.Error("allows nothing: at least one of \"rate\", \"fixed\", \"multiplier\", \"care\" is expected.");
        return terms;
    }

    private static IEnumerable<string> Known(JsonCursor place, string what, IEnumerable<string> known)
    {
        var texts = place.Texts();
        foreach (var (text, item) in texts.Where(one => !known.Contains(one.Text)))
            item.Error($"there is no {what} {item.Shown}{Nearest.Hint(text, known)}");
        return texts.Select(one => one.Text);
    }

    private static IReadOnlyList<Dimension> ReadConditions(JsonCursor place)
    {
        if (!place.Exists) return [];
        var words = ProgrammeFormat.Words<Dimension>();
        return [.. Known(place, "condition", words.Keys).Where(words.ContainsKey).Select(word => words[word])];
    }

    private static List<BranchCareTerms> ReadCare(JsonCursor place)
    {
        var care = new List<BranchCareTerms>();
        foreach (var item in place.Exists ? place.Items(least: 1) : [])
        {
            if (!item.Has(ProgrammeFormat.BranchCare) || item["occasion"].Word(ProgrammeFormat.Words<CareOccasion>()) is not { } occasion)
                continue;
            if (care.Exists(one => one.Occasion == occasion)) item["occasion"].Error($"{item["occasion"].Shown} is there twice.");
            if (occasion is CareOccasion.ActivityInvitation || occasion.IsOrder)
                item["occasion"].Error($"{item["occasion"].Shown} is not of the branch's own care.");
            var terms = new BranchCareTerms(occasion, item["turnOff"].Fact() is true, item["reword"].Fact() is true,
                item["leadDays"].Whole(0, MostLeadDays) ?? 0);
            if (terms.MayTurnOff && occasion.IsService)
                item["turnOff"].Error("does not go with what a member must be told: points or a tier of hers that end.");
            if (terms.LeadDays > 0 && occasion == CareOccasion.Welcome) item["leadDays"].Error("does not go with the welcome.");
            care.Add(terms);
        }
        return care;
    }
}
