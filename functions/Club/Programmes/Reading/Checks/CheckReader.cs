namespace Club.Programmes;

/// <summary>Reads the checks against fraud.</summary>
internal static class CheckReader
{
    private const int MostBills = 100;
    private const int MostDays = 365;

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
                AnyOf = Categories(item["anyOf"], kind is CheckKind.LinesMissing, isNeeded: true, kind),
                Unless = Categories(item["unless"], kind is CheckKind.LinesMissing, isNeeded: false, kind),
                Most = Whole(item["most"], kind, isNeeded: true, MostBills) ?? 0,
                Days = Whole(item["days"], kind, isNeeded: false, MostDays) ?? 1,
            };
            if (id is not null && kind is not null && severity is not null) checks.Add(check);
        }
        return checks;
    }

    private static IReadOnlyList<string> Categories(JsonCursor place, bool isAsked, bool isNeeded, CheckKind? kind)
    {
        if (!Belongs(place, isAsked, isNeeded, kind)) return [];
        return [.. place.Texts().Select(category => category.Text)];
    }

    private static int? Whole(JsonCursor place, CheckKind? kind, bool isNeeded, int most) =>
        Belongs(place, kind is CheckKind.VehicleBurst, isNeeded, kind) ? place.Whole(1, most) : null;

    private static bool Belongs(JsonCursor place, bool isAsked, bool isNeeded, CheckKind? kind)
    {
        if (kind is null) return false;
        if (isAsked && isNeeded && !place.Exists) place.Error("is missing.");
        if (!isAsked && place.Exists)
            place.Error($"does not go with \"{System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{kind}")}\".");
        return isAsked && place.Exists;
    }
}
