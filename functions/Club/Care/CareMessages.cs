using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Microsoft.Extensions.Options;

namespace Club.Care;

/// <summary>Turns an occasion into the message that will be sent, or into one that says why it will not.</summary>
public sealed class CareMessages(ClubCalendar calendar, MemberLedger ledger, IWeChatMessages weChat, CareFrequency frequency,
    IOptions<SmsOptions> options, IOptions<RetentionOptions> retention)
{
    /// <summary>Why something is not said that would have been one too many.</summary>
    public const string TooOften = "too-often";

    /// <summary>The welcome of somebody whose phone became known; null when the rules have none.</summary>
    public SmsRecord? Welcome(ProgrammeVersions rules, Profile profile, Account account) =>
        rules.On(rules.Today, profile.DealerId, calendar.Now).Care.FirstOrDefault(message => message.Occasion == CareOccasion.Welcome)
            is { } message
            && SegmentRules.Holds(rules.Current, message, profile, account, calendar.Now, rules.Today)
            ? Compose(rules, profile, account, new Occasion(message, OccasionKeys.Welcome,
                rules.Today.AddDays(Occasion.LateDays), Occasion.Nothing), isTooOften: false)
            : null;

    /// <summary>The messages of some occasions. Those that come first speak; what would be more than the rule book allows is kept with its
    /// reason.</summary>
    public async Task<SmsRecord[]> Compose(ProgrammeVersions rules, Profile profile, Account account, IReadOnlyList<Occasion> occasions,
        CancellationToken cancellation)
    {
        var left = occasions.All(CareFrequency.IsFree) ? int.MaxValue : await frequency.Left(rules.Current, profile, cancellation);
        var records = new SmsRecord[occasions.Count];
        for (var i = 0; i < records.Length; i++)
        {
            var isFree = CareFrequency.IsFree(occasions[i]);
            records[i] = Compose(rules, profile, account, occasions[i], isTooOften: !isFree && left <= 0);
            if (!isFree && CareFrequency.Counts(records[i])) left--;
        }
        return records;
    }

    /// <param name="isTooOften">She heard as much as marketing may say.</param>
    private SmsRecord Compose(ProgrammeVersions rules, Profile profile, Account account, Occasion occasion, bool isTooOften)
    {
        var sms = options.Value;
        occasion = occasion with
        {
            Message = SegmentRules.Chosen(rules.Current, occasion.Message, profile, account, calendar.Now, rules.Today),
        };
        // What is too long by somebody's name must not stop the rest of her care, nor her registration.
        var values = Values(rules, profile, account, occasion);
        var body = occasion.Message.Template.TryRender(values);
        var composed = body is not null
            ? SmsComposer.Compose(sms.Signature, body, sms.OptOut)
            : new Problem("sms-too-long", $"The text has more than {CareTemplate.MaxLength} characters.");
        var text = composed.Succeeded ? composed.Value : "";
        var now = calendar.Now;
        var sendAt = sms.QuietHours.NextAllowed(now, calendar);
        var late = calendar.DateOf(sendAt) > occasion.LastDay ? "too-late" : null;
        var (letter, why) = Way(profile, occasion.Message, late is null ? Letter(profile, occasion, values) : null,
            late ?? composed.Problem?.Code ?? WhyNot(profile, occasion.IsService));
        var isHeard = why is null or CallRules.Why or LetterRules.Why;
        if (isHeard && isTooOften) why = TooOften;
        // Last of all, so that those who are held out are like those who are written to.
        else if (isHeard && HoldoutRules.Takes(profile.MemberId, occasion)) why = HoldoutRules.Why;
        var isSaid = why is not (HoldoutRules.Why or CallRules.Why or LetterRules.Why);
        CareChannel? by = why switch
        {
            null => letter is null ? CareChannel.Sms : CareChannel.WeChat,
            CallRules.Why => CareChannel.Call,
            LetterRules.Why => CareChannel.Mail,
            _ => null,
        };
        var then = by is { } said ? ChannelRules.Rest(occasion.Message.Channels, said) : null;
        var mail = by == CareChannel.Mail || then?.Contains(ChannelRules.Mail, StringComparison.Ordinal) is true ? body : null;
        // What a text message may still have to say is kept until then.
        if (!isSaid && then?.Contains(ChannelRules.Sms, StringComparison.Ordinal) is not true) text = "";
        return new SmsRecord
        {
            MemberId = profile.MemberId,
            Occasion = occasion.Key,
            State = why is null ? SmsState.Planned : SmsState.Suppressed,
            Why = why,
            Text = text,
            Segments = SmsText.Measure(text).Segments,
            PlannedAt = now,
            SendAt = sendAt,
            LastDay = occasion.LastDay,
            WeChat = isSaid ? letter : null,
            ThenSms = isSaid && letter is not null && text.Length > 0 && occasion.Message.Channels.Contains(CareChannel.Sms) ? true : null,
            CallIfFailed = why is null && occasion.Message.Channels.Contains(CareChannel.Call) ? true : null,
            Then = then,
            Letter = mail,
            ForgetOn = !isSaid && text.Length == 0 && mail is null ? null : occasion.LastDay.AddDays(retention.Value.MessageDays),
        };
    }

    /// <summary>The first channel that reaches her.</summary>
    /// <param name="letter">What WeChat would say; null: it cannot.</param>
    /// <param name="whyNot">Why no text message may reach her; null: one may.</param>
    /// <returns>The letter, where WeChat says it; and why no message is sent, where none is.</returns>
    private static (WeChatLetter? Letter, string? Why) Way(Profile profile, CareMessage message, WeChatLetter? letter, string? whyNot)
    {
        foreach (var channel in message.Channels)
        {
            if (channel == CareChannel.WeChat && letter is not null) return (letter, null);
            if (channel == CareChannel.Call && IsCalled(profile, message, whyNot)) return (null, CallRules.Why);
            if (channel == CareChannel.Mail && IsWrittenTo(profile, message, whyNot)) return (null, LetterRules.Why);
            if (channel == CareChannel.Sms && whyNot is null) return (null, null);
        }
        return (null, whyNot ?? (message.Channels.Contains(CareChannel.WeChat) ? "not-following"
            : message.Channels.Contains(CareChannel.Call) ? "no-calls" : "no-address"));
    }

    /// <returns>Null when WeChat is not to say it, or cannot.</returns>
    private WeChatLetter? Letter(Profile profile, Occasion occasion, IReadOnlyDictionary<string, object?> values)
    {
        if (occasion.Message.WeChat is not { } text || !weChat.IsReady
            || ChannelRules.WhyNotByWeChat(profile, occasion.IsService) is not null)
            return null;
        var data = new Dictionary<string, string>();
        foreach (var (name, value) in text.Data)
        {
            if (value.TryRender(values) is not { } said) return null;
            data[name] = said;
        }
        return new WeChatLetter(text.Template, text.Url, data);
    }

    /// <summary>Whether she is called: where calls come first, or no message may reach her. Who refused messages is called only where calls
    /// come first.</summary>
    /// <param name="whyNot">Why she is not written to; null: she is.</param>
    private static bool IsCalled(Profile profile, CareMessage message, string? whyNot) =>
        CallRules.MayCall(profile) && (message.Channels[0] == CareChannel.Call ? whyNot is not "too-late"
            : whyNot is "no-consent" or "sms-too-long" && message.Channels.Contains(CareChannel.Call));

    /// <summary>Whether a letter is written: where letters come first, or nothing before it may reach her. Who refused messages is written
    /// to only where letters come first.</summary>
    private static bool IsWrittenTo(Profile profile, CareMessage message, string? whyNot) => LetterRules.MayWrite(profile)
        && (message.Channels[0] == CareChannel.Mail ? whyNot is not "too-late" : whyNot is null or "no-consent" or "no-phone" or "sms-too-long");

    /// <summary>Why this member must not be written to now; null when it is fine.</summary>
    /// <param name="isService">It tells of what she has, which she keeps when she lapses.</param>
    public static string? WhyNot(Profile profile, bool isService) =>
        !(profile.Status == MemberStatus.Member || isService && profile.Status == MemberStatus.Lapsed) ? "not-a-member"
        : profile.Phone is null ? "no-phone"
        : profile.Consents.Sms switch { true => null, false => "opted-out", null => "no-consent" };

    private Dictionary<string, object?> Values(ProgrammeVersions rules, Profile profile, Account account, Occasion occasion) =>
        new(occasion.Values.Select(value =>
            KeyValuePair.Create(value.Key, value.Value is string text ? OwnWords.OrNothing(text) : value.Value)))
    {
        ["name"] = OwnWords.OrNothing(profile.Name),
        ["cardNumber"] = profile.CardNumber,
        ["tierName"] = rules.Current.FindTier(ledger.Now(account, rules).Tier.Code)?.Name,
        ["points"] = account.Available(rules.Current.DefaultWallet.Code, calendar.Today),
        ["clubName"] = rules.Current.Name,
        ["dealerId"] = profile.DealerId,
    };
}
