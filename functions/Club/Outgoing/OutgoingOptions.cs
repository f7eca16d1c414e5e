using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Club.Outgoing;

/// <summary>How events go out, section <c>Events</c>.</summary>
public sealed partial class OutgoingOptions : IValidatableObject
{
    private const string Sessions = ":sessions";

    public const string Section = "Events";

    /// <summary>Whether events may go to addresses of a private network, and over plain http: for development and tests.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How many deliveries of one subscription may be under way, each of another member.</summary>
    [Range(1, 256, ErrorMessage = "Events__AtOnce must be from 1 to 256.")]
    public int AtOnce { get; set; } = 32;

    /// <summary>The Service Bus topic that all events go to as well; empty: none.</summary>
    [RegularExpression("^[A-Za-z0-9]([A-Za-z0-9._-]{0,48}[A-Za-z0-9])?$",
        ErrorMessage = "Events__Topic must be the name of a topic: letters, digits, full stops, hyphens and underscores, at most 50.")]
    public string? Topic { get; set; }

    /// <summary>Club.Local: who takes from the topic: <c>crm</c>, or <c>crm:sessions</c> where a member's order is to hold among several
    /// receivers. On Azure subscriptions are made in the namespace.</summary>
    public IList<string> TopicSubscriptions { get; init; } = [];

    /// <summary>The name of a subscription, and whether it has sessions; null when the setting is none.</summary>
    public static (string Name, bool HasSessions)? ReadSubscription(string setting)
    {
        var hasSessions = setting.EndsWith(Sessions, StringComparison.Ordinal);
        var name = hasSessions ? setting[..^Sessions.Length] : setting;
        return Name().IsMatch(name) ? (name, hasSessions) : null;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var names = TopicSubscriptions.Select(ReadSubscription).ToArray();
        if (names.Any(one => one is null)
            || names.DistinctBy(one => one!.Value.Name, StringComparer.OrdinalIgnoreCase).Count() < names.Length)
            yield return new(
                $"{Section}__{nameof(TopicSubscriptions)}__0 and the others must be names, each another, of letters, digits, full stops, hyphens and underscores, at most 50, with or without {Sessions} behind.",
                [nameof(TopicSubscriptions)]);
    }

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9._-]{0,48}[A-Za-z0-9])?$")]
    private static partial Regex Name();
}
