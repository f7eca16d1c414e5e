using Club.Members;
using Club.Messaging;
using Club.Programmes;

namespace Club.Care;

/// <summary>What comes after a channel that failed. Pure.</summary>
public static class ChannelRules
{
    /// <summary>Channels as records keep them.</summary>
    public const string Call = "call", Mail = "mail", Sms = "sms";

    /// <summary>What follows in turn when a channel fails for good; null: nothing. A text message that follows WeChat is kept by
    /// itself.</summary>
    public static string? Rest(IReadOnlyList<CareChannel> channels, CareChannel said) => Joined(channels.SkipWhile(one => one != said)
        .Skip(1).Where(one => one != CareChannel.WeChat && !(one == CareChannel.Sms && said == CareChannel.WeChat))
        .Select(one => one switch { CareChannel.Call => Call, CareChannel.Mail => Mail, _ => Sms }));

    public static string? Joined(IEnumerable<string> ways) => string.Join(' ', ways) is { Length: > 0 } all ? all : null;

    /// <summary>The ways that are to be tried now, because it failed or is no message at all; none: it is on its way, or nothing is to be
    /// said.</summary>
    public static IReadOnlyList<string> Ways(SmsRecord record)
    {
        string[] then = record.Then?.Split(' ') ?? [];
        return record switch
        {
            { State: SmsState.Failed, CallIfFailed: true } when !then.Contains(Call) => [.. then, Call],
            { State: SmsState.Failed } => then,
            { State: SmsState.Suppressed, Why: CallRules.Why } => [Call, .. then],
            { State: SmsState.Suppressed, Why: LetterRules.Why } => [Mail, .. then],
            _ => [],
        };
    }

    /// <summary>The text message that follows a call or a letter; null: there is none, the occasion's last day is over, or she must not be
    /// written to.</summary>
    public static SmsRecord? AsText(SmsRecord record, Profile profile, string? then, DateTimeOffset now, DateOnly today) =>
        record is not { Text.Length: > 0, State: SmsState.Suppressed } || record.LastDay < today
        || CareMessages.WhyNot(profile, OccasionKeys.IsService(record.Occasion)) is not null ? null
        : record with
        {
            State = SmsState.Planned, Why = null, SendAt = now, Then = then, CallIfFailed = null, Round = (record.Round ?? 0) + 1,
        };

    /// <summary>Why this member must not be written to by WeChat; null when it is fine. Who follows the account may be written to, until
    /// she refuses messages.</summary>
    /// <param name="isService">It tells of what she has, which she keeps when she lapses.</param>
    public static string? WhyNotByWeChat(Profile profile, bool isService) =>
        !(profile.Status == MemberStatus.Member || isService && profile.Status == MemberStatus.Lapsed) ? "not-a-member"
        : profile.OpenIds.Count == 0 ? "not-following" : profile.Consents.Sms is false ? "opted-out" : null;

    /// <summary>The next way, where there is one and she may be reached by it; otherwise it failed, and a call may follow.</summary>
    public static SmsRecord AfterWeChat(SmsRecord record, Profile? profile, string why, DateTimeOffset now)
    {
        var isText = record.ThenSms is true && profile is not null
            && CareMessages.WhyNot(profile, OccasionKeys.IsService(record.Occasion)) is null;
        return isText
            ? record with
            {
                State = SmsState.Planned, WeChat = null, ThenSms = null, Why = why, Attempts = 0, FirstAttemptAt = null, MessageId = null,
                SentAt = null, SendAt = now, Round = (record.Round ?? 0) + 1,
            }
            : record with { State = SmsState.Failed, Why = why };
    }
}
