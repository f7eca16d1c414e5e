using System.Runtime.CompilerServices;
using System.Text.Json;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>One version of a dealer's plan. Never changes; what it comes to under a rule book is worked out once.</summary>
/// <param name="dealer">Whose it is.</param>
/// <param name="number">1 for the first that the dealer wrote.</param>
/// <param name="from">From when on it judges, and no older version does.</param>
/// <param name="text">Rules and care as they were written.</param>
public sealed class BranchPlan(DealerId dealer, int number, DateTimeOffset from, JsonElement text)
{
    private readonly ConditionalWeakTable<Programme, Programme> _over = [];

    public int Number { get; } = number;
    public DateTimeOffset From { get; } = from;

    /// <summary>A rule book with the dealer's own rules behind its own; itself where the plan comes to nothing under it.</summary>
    public Programme Over(Programme programme) => _over.GetValue(programme, Join);

    private Programme Join(Programme programme)
    {
        if (programme.BranchPlans is not { } terms) return programme;
        var read = BranchPlanReader.Read(programme, dealer, Number, text);
        if (read.Rules.Count == 0 && read.Care.Count == 0) return programme;
        var groups = read.Rules.Select(rule => rule.Group).OfType<string>().Distinct()
            .Select(code => new StackingGroup(code, terms.Stacking, []));
        return programme with
        {
            Earning = [.. programme.Earning, .. read.Rules],
            Groups = [.. programme.Groups, .. groups],
            Care = BranchCareRules.Over(programme.Care, read.Care),
        };
    }
}

/// <summary>The care plan as one branch says it. Pure.</summary>
internal static class BranchCareRules
{
    public static IReadOnlyList<CareMessage> Over(IReadOnlyList<CareMessage> care, IReadOnlyList<BranchCare> changes) =>
        changes.Count == 0 ? care : [.. care.Select(message => Changed(message, changes)).OfType<CareMessage>()];

    private static CareMessage? Changed(CareMessage message, IReadOnlyList<BranchCare> changes) =>
        changes.FirstOrDefault(one => one.Occasion == message.Occasion && one.DaysBefore == message.DaysBefore) is { } change
            ? Changed(message, change) : message;

    private static CareMessage? Changed(CareMessage message, BranchCare change) => change.IsOff ? null : message with
    {
        DaysBefore = change.Lead ?? message.DaysBefore,
        NamedBy = message.NamedBy,
        Template = change.Text ?? message.Template,
        Variants = change.Text is null ? message.Variants : [],
        // WeChat's own template has the rule book's words.
        WeChat = change.Text is null ? message.WeChat : null,
        Channels = change.Text is null ? message.Channels : Spoken(message.Channels),
    };

    private static CareChannel[] Spoken(IReadOnlyList<CareChannel> channels) =>
        channels.Where(channel => channel != CareChannel.WeChat).ToArray() is { Length: > 0 } spoken ? spoken : [CareChannel.Sms];
}
