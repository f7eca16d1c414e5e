using Club.Kernel;

namespace Club.Programmes;

internal static class CareReader
{
    private const int MostDaysBefore = 365;

    public static IReadOnlyList<CareMessage> Read(JsonCursor place)
    {
        var messages = new List<CareMessage>();
        var seen = new HashSet<(CareOccasion, int)>();
        foreach (var item in place.Items())
        {
            if (!item.Has(ProgrammeFormat.Care) || item["occasion"].Word(ProgrammeFormat.Words<CareOccasion>()) is not { } occasion)
                continue;
            var daysBefore = ReadDaysBefore(item, occasion);
            var minimum = item["minimumPoints"].Points();
            if (item["minimumPoints"].Exists && occasion != CareOccasion.PointsExpiring)
                item["minimumPoints"].Error("goes only with \"pointsExpiring\".");
            if (!seen.Add((occasion, daysBefore))) item.Error($"{item["occasion"].Shown}, {daysBefore} days before, is there twice.");
            if (ReadTemplate(item["template"], CareVariables.Of(occasion)) is { } template)
                messages.Add(new CareMessage(occasion, daysBefore, template, minimum ?? Points.Zero));
        }
        return messages;
    }

    public static ProgrammeMessages ReadMessages(JsonCursor place) =>
        place.Has(ProgrammeFormat.Messages) ? new ProgrammeMessages(ReadTemplate(place["weChatWelcome"], CareVariables.Common))
            : new ProgrammeMessages();

    private static int ReadDaysBefore(JsonCursor item, CareOccasion occasion)
    {
        var place = item["daysBefore"];
        var warns = occasion is CareOccasion.PointsExpiring or CareOccasion.TierExpiring;
        if (warns && !place.Exists) place.Error("is missing: a warning comes before the day.");
        if (occasion is CareOccasion.Welcome or >= CareOccasion.OrderPlaced && place.Exists)
            place.Error($"does not go with {item["occasion"].Shown}.");
        return place.Whole(warns ? 1 : 0, MostDaysBefore) ?? 0;
    }

    private static CareTemplate? ReadTemplate(JsonCursor place, IReadOnlyList<string> variables)
    {
        if (place.Text() is not { } source) return null;
        var template = CareTemplate.TryParse(source, variables, out var errors);
        foreach (var error in errors) place.Error(error);
        return template;
    }
}
