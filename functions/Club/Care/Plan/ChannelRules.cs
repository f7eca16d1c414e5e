using Club.Members;
using Club.Messaging;

namespace Club.Care;

/// <summary>What comes after a WeChat message that did not arrive. Pure.</summary>
public static class ChannelRules
{
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
