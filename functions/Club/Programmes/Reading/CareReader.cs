using Club.Kernel;

namespace Club.Programmes;

internal sealed class CareReader(IReadOnlyList<Tier> tiers, DealerNetwork dealers, bool hasClasses)
{
    internal const int MostDaysBefore = 365;
    private const int MostDaysAfter = 60;
    private const int LeastKilometres = 1000;
    private const int MostKilometres = 100_000;
    private const int MostMessages = 100;
    private const int MostVariants = 20;
    private const int PerMille = 1000;

    private readonly ConditionReader _conditions = new(tiers, dealers, hasClasses);

    public IReadOnlyList<CareMessage> Read(JsonCursor place)
    {
        var messages = new List<CareMessage>();
        var seen = new HashSet<(CareOccasion, int)>();
        foreach (var item in place.Items())
        {
            if (!item.Has(ProgrammeFormat.Care) || item["occasion"].Word(ProgrammeFormat.Words<CareOccasion>()) is not { } occasion)
                continue;
            if (occasion == CareOccasion.WinBack && !hasClasses) item["occasion"].Error(ConditionReader.NoClasses);
            var daysBefore = ReadDaysBefore(item, occasion);
            var minimum = item["minimumPoints"].Points();
            if (item["minimumPoints"].Exists && occasion != CareOccasion.PointsExpiring)
                item["minimumPoints"].Error("goes only with \"pointsExpiring\".");
            if (!seen.Add((occasion, daysBefore))) item.Error($"{item["occasion"].Shown}, {daysBefore} days before, is there twice.");
            var (when, holdout) = (ReadWhen(item["when"], occasion), ReadHoldout(item["holdout"], occasion));
            var channels = ReadChannels(item["channels"]);
            var weChat = ReadWeChat(item["weChat"], channels, CareVariables.Of(occasion));
            var (kilometres, daysAfter) = (ReadKilometres(item["kilometres"], occasion), ReadDaysAfter(item, occasion));
            var variants = ReadVariants(item["variants"], occasion, channels, weChat);
            if (ReadTemplate(item["template"], CareVariables.Of(occasion)) is { } template)
                messages.Add(new CareMessage(occasion, daysBefore, template, minimum ?? Points.Zero)
                {
                    When = when, Holdout = holdout, Channels = channels, WeChat = weChat, Kilometres = kilometres, DaysAfter = daysAfter,
                    Variants = variants,
                });
        }
        return messages;
    }

    private static int? ReadKilometres(JsonCursor place, CareOccasion occasion)
    {
        if (!place.Exists) return null;
        if (occasion != CareOccasion.MaintenanceDue) place.Error("goes only with \"maintenanceDue\".");
        return place.Whole(LeastKilometres, MostKilometres);
    }

    private static int ReadDaysAfter(JsonCursor item, CareOccasion occasion)
    {
        var (place, follows) = (item["daysAfter"], occasion == CareOccasion.ComplaintFollowUp);
        if (follows != place.Exists)
            place.Error(follows ? "is missing: she is asked some days after." : "goes only with \"complaintFollowUp\".");
        return place.Whole(1, MostDaysAfter) ?? 1;
    }

    /// <summary>What a variant does not say of channels and WeChat, the message says.</summary>
    private List<CareVariant> ReadVariants(JsonCursor place, CareOccasion occasion, IReadOnlyList<CareChannel> channels,
        WeChatText? weChat)
    {
        var variants = new List<CareVariant>();
        if (!place.Exists) return variants;
        if (occasion == CareOccasion.ActivityInvitation) place.Error("does not go with an invitation: whoever invites says the text.");
        foreach (var item in place.Items(least: 1))
        {
            if (!item.Has(ProgrammeFormat.CareVariant)) continue;
            var when = item["when"].Exists ? ReadMember(item["when"]) : [];
            if (item["when"].Exists && when.Count == 0)
                item["when"].Error("must ask for something: what is said to all is the message itself.");
            IReadOnlyList<CareChannel> own = item["channels"].Exists ? ReadChannels(item["channels"]) : channels;
            var says = !item["weChat"].Exists && own.Contains(CareChannel.WeChat) && weChat is not null ? weChat
                : ReadWeChat(item["weChat"], own, CareVariables.Of(occasion));
            if (ReadTemplate(item["template"], CareVariables.Of(occasion)) is { } template)
                variants.Add(new CareVariant(when, template, own, says));
        }
        if (variants.Count > MostVariants) place.Error($"has more than {MostVariants}.");
        return variants;
    }

    public static CareLimit? ReadLimit(JsonCursor place)
    {
        if (!place.Exists || !place.Has(ProgrammeFormat.CareLimit)) return null;
        place["source"].Text();
        var (most, days) = (place["most"].Whole(1, MostMessages), place["days"].Whole(1, MostDaysBefore));
        return most is { } messages && days is { } span ? new CareLimit(messages, span) : null;
    }

    /// <summary>Of a member without any bill: what a bill alone tells is not known.</summary>
    private IReadOnlyList<Condition> ReadWhen(JsonCursor place, CareOccasion occasion)
    {
        if (!place.Exists) return [];
        if (occasion.IsOrder) place.Error("does not go with an order: whoever ordered is told.");
        return ReadMember(place);
    }

    private IReadOnlyList<Condition> ReadMember(JsonCursor place)
    {
        var when = _conditions.Read(place);
        foreach (var asked in when.SelectMany(one => one.Parts).Select(part => part.Asks).OfType<Dimension>().Distinct())
            if (!asked.IsOfMember && asked is not (Dimension.Dealer or Dimension.Region or Dimension.Season or Dimension.Date))
                place.Error($"asks for the {asked.In(Language.English)}, which only a bill has.");
        return when;
    }

    private static List<CareChannel> ReadChannels(JsonCursor place)
    {
        if (!place.Exists) return [CareChannel.Sms];
        var channels = new List<CareChannel>();
        foreach (var item in place.Items(least: 1))
        {
            if (item.Word(ProgrammeFormat.Words<CareChannel>()) is not { } channel) continue;
            if (channels.Contains(channel)) item.Error($"{item.Shown} is there twice.");
            else channels.Add(channel);
        }
        return channels;
    }

    private static WeChatText? ReadWeChat(JsonCursor place, IReadOnlyList<CareChannel> channels, IReadOnlyList<string> variables)
    {
        if (place.Exists != channels.Contains(CareChannel.WeChat))
            place.Error(place.Exists ? "goes only with the channel weChat." : "is missing: it says what WeChat is to say.");
        if (!place.Exists || !place.Has(ProgrammeFormat.WeChatText)) return null;
        var (template, url) = (place["template"].Text(), place["url"].Text());
        if (url is not null && !url.StartsWith("https://", StringComparison.Ordinal)) place["url"].Error("does not begin with https://.");
        var (data, seen) = (new List<(string, CareTemplate)>(), new UniqueCodes());
        foreach (var item in place["data"].Items(least: 1))
        {
            if (!item.Has(ProgrammeFormat.WeChatField)) continue;
            var name = item["name"].Code();
            seen.Add(item["name"], name);
            if (ReadTemplate(item["value"], variables) is { } value && name is not null) data.Add((name, value));
        }
        return template is null ? null : new WeChatText(template, url, data);
    }

    private static decimal ReadHoldout(JsonCursor place, CareOccasion occasion)
    {
        if (occasion.IsService)
        {
            if (place.Exists) place.Error("does not go with what a member must be told: points, a tier, an order or a complaint of hers.");
            return 0;
        }
        var share = place.Number(0, CareMessage.MostHoldout);
        if (share is { } given && decimal.Truncate(given * PerMille) != given * PerMille)
            place.Error($"{place.Shown} has more than three decimals.");
        return share ?? (occasion == CareOccasion.Welcome ? 0 : CareMessage.UsualHoldout);
    }

    public static ProgrammeMessages ReadMessages(JsonCursor place) =>
        place.Has(ProgrammeFormat.Messages) ? new ProgrammeMessages(ReadTemplate(place["weChatWelcome"], CareVariables.Common))
            : new ProgrammeMessages();

    private static int ReadDaysBefore(JsonCursor item, CareOccasion occasion)
    {
        var place = item["daysBefore"];
        var warns = occasion is CareOccasion.PointsExpiring or CareOccasion.TierExpiring;
        if (warns && !place.Exists) place.Error("is missing: a warning comes before the day.");
        if ((occasion is CareOccasion.Welcome or CareOccasion.ComplaintFollowUp || occasion.IsOrder) && place.Exists)
            place.Error($"does not go with {item["occasion"].Shown}.");
        return place.Whole(warns ? 1 : 0, MostDaysBefore) ?? 0;
    }

    internal static CareTemplate? ReadTemplate(JsonCursor place, IReadOnlyList<string> variables)
    {
        if (place.Text() is not { } source) return null;
        var template = CareTemplate.TryParse(source, variables, out var errors);
        foreach (var error in errors) place.Error(error);
        return template;
    }
}
