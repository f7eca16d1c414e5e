using System.Text.Json.Serialization;
using Club.Access;
using Club.Kernel;

namespace Club.Members;

/// <summary>What a feature has to do today. It registers one of these, and no list elsewhere changes.</summary>
public interface ITellsToday
{
    /// <summary>The name of its section, such as <c>complaints</c>.</summary>
    string Name { get; }

    /// <summary>Its place on the page: what cannot wait comes first.</summary>
    int Order { get; }

    /// <summary>Whoever lacks it is not told.</summary>
    Right Right { get; }

    /// <param name="dealer">Only of this dealer; null: of all that the caller sees.</param>
    /// <param name="most">How many at most; one more says that there are more.</param>
    Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation);
}

/// <summary>What is to be done next.</summary>
[JsonConverter(typeof(CamelCaseEnum<NextStep>))]
public enum NextStep { Answer, Decide, HandOut, Ship, Call, Congratulate, FollowUp, Check, CheckIn }

/// <summary>One thing to do.</summary>
/// <param name="What">What it is about: a complaint's subject, a gift, a model.</param>
/// <param name="DueOn">When it is to be done; null: today.</param>
/// <param name="IsOverdue">It should have been done before today.</param>
/// <param name="Id">Of the complaint, the application, the order …</param>
public sealed record TodayItem(MemberId? MemberId, string? Name, string? Phone, string? What, DateOnly? DueOn, bool IsOverdue,
    NextStep Next, string? Id);

/// <summary>What one feature has to do.</summary>
/// <param name="HasMore">There are more than those that stand here.</param>
public sealed record TodaySection(string Name, IReadOnlyList<TodayItem> Items, bool HasMore);

/// <summary>How often something was done today.</summary>
/// <param name="Action">The function, or the page.</param>
public sealed record DoneToday(string Action, int Count);

/// <summary>A day at a dealer, or at headquarters.</summary>
/// <param name="Done">What was changed today, by the dealer's staff, or by the caller herself.</param>
/// <param name="DoneHasMore">More was done than is counted: it was at least as often.</param>
public sealed record TodayView(DateOnly Date, DealerId? DealerId, IReadOnlyList<TodaySection> Sections, IReadOnlyList<DoneToday> Done,
    bool DoneHasMore) : ITellsOfMembers
{
    [JsonIgnore]
    IEnumerable<MemberId> ITellsOfMembers.Members =>
        Sections.SelectMany(section => section.Items).Select(item => item.MemberId).OfType<MemberId>().Distinct();
}
