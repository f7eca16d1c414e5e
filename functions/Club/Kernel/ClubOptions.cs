using System.ComponentModel.DataAnnotations;

namespace Club.Kernel;

/// <summary>Settings of the club as a whole, section <c>Club</c>.</summary>
public sealed class ClubOptions
{
    public const string Section = "Club";

    /// <summary>A shorter key could be guessed, and with it every phone.</summary>
    public const int MinKeyLength = 32;

    /// <summary>The name of a sample programme, or the path of a file.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Club__Programme is empty.")]
    public string Programme { get; set; } = "skoda";

    /// <summary>The brand's time zone, by its IANA name.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Club__TimeZone is empty.")]
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>The secret under which phones and other identities are looked up; at least 32 characters. It can never be
    /// changed.</summary>
    [MinLength(MinKeyLength, ErrorMessage = "Club__LookupKey needs at least 32 characters.")]
    public string LookupKey { get; set; } = "";
}
