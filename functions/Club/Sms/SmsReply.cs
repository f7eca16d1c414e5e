using System.Collections.Frozen;
using Club.Identity;

namespace Club.Sms;

/// <summary>What a member's answer to a message asks for.</summary>
public enum SmsIntent { Other, OptOut, OptIn }

/// <summary>Reads answers: R, TD, T, STOP, 退订, 拒收 refuse further messages; START, UNSTOP, 恢复 ask for them again.</summary>
public static class SmsReply
{
    private const string Around = " \t\r\n.,!\"'。，！“”";

    private static readonly FrozenDictionary<string, SmsIntent> Words = new Dictionary<string, SmsIntent>
    {
        ["R"] = SmsIntent.OptOut,
        ["TD"] = SmsIntent.OptOut,
        ["T"] = SmsIntent.OptOut,
        ["STOP"] = SmsIntent.OptOut,
        ["退订"] = SmsIntent.OptOut,
        ["拒收"] = SmsIntent.OptOut,
        ["START"] = SmsIntent.OptIn,
        ["UNSTOP"] = SmsIntent.OptIn,
        ["恢复"] = SmsIntent.OptIn,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The whole answer must be the word; width, case and punctuation around it do not matter.</summary>
    public static SmsIntent Read(string text) => Words.GetValueOrDefault(FullWidth.Fold(text).AsSpan().Trim(Around).ToString());
}
