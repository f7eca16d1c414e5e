using System.ComponentModel.DataAnnotations;

namespace Club.Access;

/// <summary>How much one may call. Each host counts for itself.</summary>
public sealed class CallLimitOptions
{
    public const string Section = "Limits";
    private const int Most = 1_000_000;

    /// <summary>Calls a second of one key or one token's subject, over <see cref="Seconds"/>; 0: as many as come.</summary>
    [Range(0, Most, ErrorMessage = "Limits__PerCaller: 0 to 1000000 calls a second are expected.")]
    public int PerCaller { get; set; } = 500;

    /// <summary>Calls a second from one address to functions that are open to anybody; 0: as many as come.</summary>
    [Range(0, Most, ErrorMessage = "Limits__PerAddress: 0 to 1000000 calls a second are expected.")]
    public int PerAddress { get; set; } = 1000;

    /// <summary>Calls a second from one address that prove nothing, or wrongly; 0: as many as come.</summary>
    [Range(0, Most, ErrorMessage = "Limits__WrongPerAddress: 0 to 1000000 calls a second are expected.")]
    public int WrongPerAddress { get; set; } = 10;

    /// <summary>For how many seconds' calls one may have saved up: so many may come at once.</summary>
    [Range(1, 3600, ErrorMessage = "Limits__Seconds: 1 to 3600 are expected.")]
    public int Seconds { get; set; } = 10;

    /// <summary>How many proxies of one's own a call passes, each of which adds to <c>X-Forwarded-For</c> whom it has the call from.
    /// 0: what a call says of itself is not believed, and it comes from where the connection does.</summary>
    [Range(0, 8, ErrorMessage = "Limits__Proxies: 0 to 8 are expected.")]
    public int Proxies { get; set; }
}
