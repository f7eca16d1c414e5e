namespace Club.Programmes;

/// <summary>Reads the checks against fraud.</summary>
internal static class CheckReader
{
    private const int MostBills = 100;
    private const int MostDays = 365;
    private const int MostOfDealer = 1000;
    private const int MostTimes = 100;

    /// <summary>Two are refused before, and of more than so many nobody has heard.</summary>
    private const int SmallestCircle = 3, LargestCircle = 12;

    /// <summary>Four weeks, so that each day of the week counts as much.</summary>
    private const int UsualDays = 28;

    public static IReadOnlyList<FraudCheck> Read(JsonCursor place)
    {
        var checks = new List<FraudCheck>();
        var codes = new UniqueCodes();
        foreach (var item in place.Items())
        {
            if (!item.Has(ProgrammeFormat.Check)) continue;
            var id = item["id"].Code();
            codes.Add(item["id"], id);
            item["source"].Text();
            var kind = item["kind"].Word(ProgrammeFormat.Words<CheckKind>());
            var severity = item["severity"].Word(ProgrammeFormat.Words<CheckSeverity>());
            var check = new FraudCheck(id ?? "", kind ?? default, severity ?? default)
            {
                AnyOf = Categories(item["anyOf"], kind is CheckKind.LinesMissing or CheckKind.DealerBurst,
                    isNeeded: kind is CheckKind.LinesMissing, kind),
                Unless = Categories(item["unless"], kind is CheckKind.LinesMissing, isNeeded: false, kind),
                Most = Most(item["most"], kind) ?? 0,
                Days = Whole(item["days"], kind is CheckKind.VehicleBurst or CheckKind.DealerBurst, kind, isNeeded: false, 1, MostDays)
                    ?? (kind is CheckKind.DealerBurst ? UsualDays : 1),
                Times = Whole(item["times"], kind is CheckKind.DealerBurst, kind, isNeeded: true, 2, MostTimes) ?? 0,
            };
            if (kind is CheckKind.ReferralCircle && severity is CheckSeverity.Refuse)
                item["severity"].Error("is \"refuse\", but a reward is not sent again: \"hold\" it.");
            if (id is not null && kind is not null && severity is not null) checks.Add(check);
        }
        return checks;
    }

    private static IReadOnlyList<string> Categories(JsonCursor place, bool isAsked, bool isNeeded, CheckKind? kind)
    {
        if (!Belongs(place, isAsked, isNeeded, kind)) return [];
        return [.. place.Texts().Select(category => category.Text)];
    }

    private static int? Most(JsonCursor place, CheckKind? kind) => kind switch
    {
        CheckKind.DealerBurst => Whole(place, true, kind, isNeeded: true, 1, MostOfDealer),
        CheckKind.ReferralCircle => Whole(place, true, kind, isNeeded: true, SmallestCircle, LargestCircle),
        _ => Whole(place, kind is CheckKind.VehicleBurst, kind, isNeeded: true, 1, MostBills),
    };

    private static int? Whole(JsonCursor place, bool isAsked, CheckKind? kind, bool isNeeded, int least, int most) =>
        Belongs(place, isAsked, isNeeded, kind) ? place.Whole(least, most) : null;

    private static bool Belongs(JsonCursor place, bool isAsked, bool isNeeded, CheckKind? kind)
    {
        if (kind is null) return false;
        if (isAsked && isNeeded && !place.Exists) place.Error("is missing.");
        if (!isAsked && place.Exists)
            place.Error($"does not go with \"{System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{kind}")}\".");
        return isAsked && place.Exists;
    }
}
