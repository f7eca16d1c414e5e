using System.ComponentModel.DataAnnotations;

namespace Club.Outgoing;

/// <summary>How events go out, section <c>Events</c>.</summary>
public sealed class OutgoingOptions
{
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
}
