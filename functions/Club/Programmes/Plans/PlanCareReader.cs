namespace Club.Programmes;

/// <summary>Reads what a dealer's plan changes of the care plan, within the limits of the rule book.</summary>
internal sealed class PlanCareReader(Programme programme, BranchPlanTerms terms)
{
    public IReadOnlyList<BranchCare> Read(JsonCursor place)
    {
        var care = new List<BranchCare>();
        foreach (var item in place.Exists ? place.Items() : [])
        {
            var before = place.Errors.Count;
            if (!item.Has(ProgrammeFormat.PlanCare) || item["occasion"].Word(ProgrammeFormat.Words<CareOccasion>()) is not { } occasion)
                continue;
            if (Message(item, occasion) is not { } message || Terms(item, occasion) is not { } allowed) continue;
            if (care.Exists(one => one.Occasion == occasion && one.DaysBefore == message.DaysBefore)) item.Error("is there twice.");
            if (ReadOne(item, message, allowed) is { } read && place.Errors.Count == before) care.Add(read);
        }
        return care;
    }

    private CareMessage? Message(JsonCursor item, CareOccasion occasion)
    {
        var messages = programme.Care.Where(one => one.Occasion == occasion).ToArray();
        if (messages.Length == 0)
        {
            item["occasion"].Error($"the rule book says nothing on {item["occasion"].Shown}.");
            return null;
        }
        if (!item["daysBefore"].Exists && messages is [var only]) return only;
        var days = item["daysBefore"].Whole(0, CareReader.MostDaysBefore);
        if (messages.FirstOrDefault(one => one.DaysBefore == (days ?? 0)) is { } found) return found;
        item["daysBefore"].Error($"the rule book says it {string.Join(", ", messages.Select(one => one.DaysBefore))} days before.");
        return null;
    }

    private BranchCareTerms? Terms(JsonCursor item, CareOccasion occasion)
    {
        if (terms.CareOf(occasion) is { } allowed) return allowed;
        var words = ProgrammeFormat.Words<CareOccasion>();
        var known = words.Where(word => terms.CareOf(word.Value) is not null).Select(word => word.Key).ToArray();
        item["occasion"].Error($"headquarters let no plan change {item["occasion"].Shown}; they allow "
            + $"{(known.Length == 0 ? "none" : string.Join(", ", known))}.");
        return null;
    }

    private static BranchCare? ReadOne(JsonCursor item, CareMessage message, BranchCareTerms allowed)
    {
        var off = item["off"].Fact() is true;
        if (off && !allowed.MayTurnOff) item["off"].Error("headquarters let no plan turn it off.");
        if (item["template"].Exists && !allowed.MayReword) item["template"].Error("headquarters let no plan say it in other words.");
        if (off && (item["template"].Exists || item["lead"].Exists)) item["off"].Error("does not go with \"template\" and \"lead\".");
        if (!item["off"].Exists && !item["template"].Exists && !item["lead"].Exists) item.Error("changes nothing.");
        var template = CareReader.ReadTemplate(item["template"], CareVariables.Of(message.Occasion));
        var lead = item["lead"].Whole(0, CareReader.MostDaysBefore);
        if (lead is { } days)
        {
            var least = Math.Max(message.Occasion is CareOccasion.PointsExpiring or CareOccasion.TierExpiring ? 1 : 0,
                message.DaysBefore - allowed.LeadDays);
            var most = Math.Min(CareReader.MostDaysBefore, message.DaysBefore + allowed.LeadDays);
            if (days < least || days > most)
                item["lead"].Error($"{days} is not within what headquarters allow; {Math.Clamp(days, least, Math.Max(least, most))} "
                    + "is the nearest.");
        }
        return new BranchCare(message.Occasion, message.DaysBefore, off, template, lead);
    }
}
