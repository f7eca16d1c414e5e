using Club.Kernel;

namespace Club.Programmes;

/// <summary>Reads what a rule gives.</summary>
internal sealed class AwardReader(IReadOnlyList<Margin> margins)
{
    internal const decimal MostPerYuan = 100;
    internal const decimal MostFactor = 100;

    public Reward Read(JsonCursor place)
    {
        var none = new Reward.Rate(0);
        if (!place.Has(ProgrammeFormat.Award)) return none;
        if (place.ExactlyOne("rate", "fixed", "steps", "margin", "multiplier") is not { } kind) return none;
        var counted = kind is "fixed" or "steps";
        if (place["per"].Exists != counted)
            place["per"].Error(counted ? "is missing: \"transaction\", \"line\" or \"unit\"." : "goes only with \"fixed\" and \"steps\".");
        if (place["of"].Exists != (kind == "steps"))
            place["of"].Error(kind == "steps" ? "is missing: what the steps measure." : "goes only with \"steps\".");
        var per = place["per"].Word(ProgrammeFormat.Words<AwardUnit>()) ?? default;
        return kind switch
        {
            "rate" => new Reward.Rate(place["rate"].NumberAbove(0, MostPerYuan) ?? 0),
            "multiplier" => new Reward.Multiplier(place["multiplier"].NumberAbove(1, MostFactor) ?? 1),
            "fixed" => new Reward.Fixed(Given(place["fixed"]), per),
            "steps" => ReadSteps(place, per),
            _ => FindMargin(place["margin"]) is { } margin ? new Reward.ByMargin(margin) : none,
        };
    }

    private static Reward.Steps ReadSteps(JsonCursor place, AwardUnit per)
    {
        if (per == AwardUnit.Unit) place["per"].Error("steps are counted per line or per transaction.");
        var steps = new List<Step>();
        foreach (var item in place["steps"].Items(least: 1))
        {
            if (!item.Has(ProgrammeFormat.Step)) continue;
            var from = item["from"].Number(0, 1_000_000_000) ?? 0;
            if (steps.Count > 0 && from <= steps[^1].From) item["from"].Error($"{item["from"].Shown} does not come after the step before.");
            steps.Add(new Step(from, item["points"].Points() ?? Points.Zero));
        }
        if (steps.Count > 0 && steps.TrueForAll(step => step.Points.IsZero)) place["steps"].Error("gives nothing.");
        return new Reward.Steps(place["of"].Word(ProgrammeFormat.Words<StepMeasure>()) ?? default, per, steps);
    }

    private static Points Given(JsonCursor place)
    {
        var points = place.Points();
        if (points is { IsZero: true }) place.Error("0 gives nothing.");
        return points ?? Points.Zero;
    }

    private Margin? FindMargin(JsonCursor place)
    {
        if (place.Text() is not { } code) return null;
        if (margins.FirstOrDefault(margin => margin.Code == code) is { } found) return found;
        place.Error($"there is no margin {place.Shown}{Nearest.Hint(code, margins.Select(margin => margin.Code))}");
        return null;
    }
}
