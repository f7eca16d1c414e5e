using System.Text.Json;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>What a dealer's plan comes to under one rule book.</summary>
/// <param name="Rules">Those that keep within its limits, as rules of that dealer alone.</param>
/// <param name="Care">What of the care plan is said otherwise.</param>
/// <param name="Errors">Why the rest does not hold.</param>
public sealed record PlanRead(IReadOnlyList<EarningRule> Rules, IReadOnlyList<BranchCare> Care, IReadOnlyList<ProgrammeError> Errors);

/// <summary>What a plan changes of one message of the care plan.</summary>
/// <param name="DaysBefore">As the rule book has it: which message is meant.</param>
/// <param name="IsOff">It is not said.</param>
/// <param name="Text">The dealer's own words; null: the rule book's.</param>
/// <param name="Lead">How many days before the occasion it is said instead; null: as the rule book says.</param>
public sealed record BranchCare(CareOccasion Occasion, int DaysBefore, bool IsOff, CareTemplate? Text, int? Lead);

/// <summary>
/// Reads a dealer's plan within the limits of a rule book, for whoever writes it and whoever judges by it alike: what does not keep within
/// the limits has no force. Pure.
/// </summary>
public static class BranchPlanReader
{
    /// <param name="number">Of the plan's versions.</param>
    public static PlanRead Read(Programme programme, DealerId dealer, int number, JsonElement text)
    {
        var errors = new List<ProgrammeError>();
        var root = new JsonCursor(text, "$", errors);
        if (programme.BranchPlans is not { } terms)
        {
            root.Error("the rule book lets dealers have no plan.");
            return new PlanRead([], [], errors);
        }
        try
        {
            if (!root.Has(ProgrammeFormat.BranchPlan)) return new PlanRead([], [], errors);
            var rules = new PlanRuleReader(programme, terms, dealer, number).Read(root["rules"]);
            return new PlanRead(rules, new PlanCareReader(programme, terms).Read(root["care"]), errors);
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws for an escape such as \ud800 that is no character.
            root.Error("has a text with half a surrogate pair.");
            return new PlanRead([], [], errors);
        }
    }
}
