using System.ComponentModel.DataAnnotations;

namespace Club.Members;

/// <summary>How long texts that tell of persons are kept, section <c>Retention</c>. Those of refused messages have a setting of their own,
/// <c>Rejections__DaysKept</c>.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Days that a transaction waits for its customer to register.</summary>
    [Range(30, 3650, ErrorMessage = "Retention__ParkedDays must be from 30 to 3650.")]
    public int ParkedDays { get; set; } = 730;

    /// <summary>Days until the text of a message to a member goes; that there was one stays.</summary>
    [Range(30, 3650, ErrorMessage = "Retention__MessageDays must be from 30 to 3650.")]
    public int MessageDays { get; set; } = 365;

    /// <summary>Days until an application lapses that nobody decided.</summary>
    [Range(7, 3650, ErrorMessage = "Retention__ApplicationDays must be from 7 to 3650.")]
    public int ApplicationDays { get; set; } = 60;

    /// <summary>Days after a complaint was closed until its texts go.</summary>
    [Range(30, 3650, ErrorMessage = "Retention__ComplaintDays must be from 30 to 3650.")]
    public int ComplaintDays { get; set; } = 1095;

    /// <summary>Days after an order was done or cancelled until the address to which it was sent goes.</summary>
    [Range(7, 3650, ErrorMessage = "Retention__AddressDays must be from 7 to 3650.")]
    public int AddressDays { get; set; } = 180;
}
