using System.Globalization;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>Reads the earning rules of a dealer's plan: the rule book's own kind of rule, within its limits.</summary>
internal sealed class PlanRuleReader(Programme programme, BranchPlanTerms terms, DealerId dealer, int number)
{
    private readonly EarningReader _rules = new(new RuleSurroundings(programme.Wallets, programme.Tiers, programme.Dealers, terms.Rounding,
        programme.Groups, [], programme.Funders, [], programme.Value is not null) { MayUseBudgets = false });

    public IReadOnlyList<EarningRule> Read(JsonCursor place)
    {
        var ids = new UniqueCodes();
        var rules = new List<EarningRule>();
        foreach (var (index, item) in (place.Exists ? place.Items() : []).Index())
        {
            var before = place.Errors.Count;
            if (index == terms.Rules)
                place.Error($"{place.Items().Count} rules are more than headquarters allow; {terms.Rules} are the most.");
            if (!item.Has(ProgrammeFormat.PlanRule)) continue;
            var rule = _rules.ReadRule(item);
            ids.Add(item["id"], rule.Id.Length > 0 ? rule.Id : null);
            Check(item, rule);
            if (place.Errors.Count == before && index < terms.Rules) rules.Add(OfDealer(rule));
        }
        return rules;
    }

    private EarningRule OfDealer(EarningRule rule) => rule with
    {
        Id = $"{dealer}/{number}/{rule.Id}",
        When = [new Condition.OneOf(Dimension.Dealer, [dealer.Value]), .. rule.When],
        Group = terms.Stacking == Stacking.Sum ? null : GroupOf(rule),
        Funding = [new FundingShare(terms.Funder, 100)],
        OfPlan = new PlanOfRule(dealer, rule.Id),
    };

    /// <summary>Only like can be compared with like.</summary>
    private string GroupOf(EarningRule rule) => $"{dealer}/{rule.Award.Pass}/{rule.Wallet}";

    private void Check(JsonCursor item, EarningRule rule)
    {
        var award = item["award"];
        Limit(award["rate"], (rule.Award as Reward.Rate)?.PerYuan, terms.Rate, "a rate");
        Limit(award["multiplier"], (rule.Award as Reward.Multiplier)?.Factor, terms.Multiplier, "a multiplier");
        Limit(award["fixed"], (rule.Award as Reward.Fixed)?.Points.Value, terms.Fixed?.Value, "a fixed award");
        foreach (var kind in (string[])["steps", "margin"])
            if (award[kind].Exists) award[kind].Error($"headquarters let no plan give {kind}; they allow {Kinds}.");
        if (!terms.Wallets.Contains(rule.Wallet))
            item["wallet"].Error($"headquarters let no plan give into \"{rule.Wallet}\"; they allow {string.Join(", ", terms.Wallets)}.");
        Dimensions(item["when"]);
        if (rule.From is { } from && rule.To is { } to && to.DayNumber - from.DayNumber >= terms.Days)
            item["to"].Error($"{to.DayNumber - from.DayNumber + 1} days are more than headquarters allow; {terms.Days} are the most, "
                + $"until {from.AddDays(terms.Days - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.");
    }

    private string Kinds
    {
        get
        {
            var kinds = new List<string>(3);
            if (terms.Rate is not null) kinds.Add("rate");
            if (terms.Fixed is not null) kinds.Add("fixed");
            if (terms.Multiplier is not null) kinds.Add("multiplier");
            return kinds.Count == 0 ? "none" : string.Join(", ", kinds);
        }
    }

    private void Limit(JsonCursor place, decimal? wanted, decimal? most, string what)
    {
        if (!place.Exists || wanted is null) return;
        if (most is null) place.Error($"headquarters let no plan give {what}; they allow {Kinds}.");
        else if (wanted > most)
            place.Error(string.Create(CultureInfo.InvariantCulture,
                $"{place.Shown} is more than headquarters allow; {most:0.############} is the most."));
    }

    /// <summary>Whatever is asked for, however deep, is looked at where it stands.</summary>
    private void Dimensions(JsonCursor when)
    {
        var words = ProgrammeFormat.Words<Dimension>();
        foreach (var (word, dimension) in words)
            if (when[word].Exists && !terms.Conditions.Contains(dimension))
                when[word].Error($"headquarters let no plan ask for it; they allow {Allowed()}.");
        foreach (var combination in ProgrammeFormat.Combinations)
            foreach (var part in when[combination].Exists ? when[combination].Items() : []) Dimensions(part);

        string Allowed() => terms.Conditions.Count == 0 ? "no condition"
            : string.Join(", ", words.Where(one => terms.Conditions.Contains(one.Value)).Select(one => one.Key));
    }
}
