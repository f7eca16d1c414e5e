using Club.Kernel;
using Club.Identity;

namespace Club.Edges.WeChat;

/// <summary>What a QR code's scene string says: <c>d:{dealerId}</c> joins a branch, <c>r:{cardNumber}</c> names the
/// referrer, <c>a:{checkInCode}</c> lets in at an activity.</summary>
public sealed record WeChatScene(DealerId? DealerId, CardNumber? ReferrerCard, string? CheckInCode = null)
{
    /// <summary>No scene, or one that the club does not know: it never stops a registration.</summary>
    public static readonly WeChatScene None = new(null, null);

    private const int MaxDealerId = 32, MaxCheckInCode = 32;

    /// <summary>What makes whoever scans it a member by somebody's word.</summary>
    public static string OfReferrer(string card) => $"r:{card}";

    public static WeChatScene Parse(string? scene)
    {
        if (scene is null || scene.Length < 3 || scene[1] != ':') return None;
        var value = scene[2..];
        return scene[0] switch
        {
            'd' when value.Length <= MaxDealerId && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') =>
                new(new DealerId(value), null),
            'r' when CardNumber.Parse(value) is { Succeeded: true, Value: var card } => new(null, card),
            'a' when value.Length <= MaxCheckInCode && value.All(char.IsAsciiLetterOrDigit) => new(null, null, value),
            _ => None,
        };
    }
}
