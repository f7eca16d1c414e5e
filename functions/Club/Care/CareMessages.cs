using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Sms;
using Club.Store;
using Microsoft.Extensions.Options;

namespace Club.Care;

/// <summary>Turns an occasion into the message that will be sent, or into one that says why it will not.</summary>
public sealed class CareMessages(ProgrammeVersions programmes, ClubCalendar calendar, MemberLedger ledger, IOptions<SmsOptions> options)
{
    /// <summary>The welcome of somebody whose phone became known, as documents to create with the profile. Empty when it was said before.</summary>
    public async ValueTask<IReadOnlyList<SmsRecord>> Welcome(Profile profile, CancellationToken cancellation)
    {
        var message = programmes.Current.Care.FirstOrDefault(message => message.Occasion == CareOccasion.Welcome);
        if (message is null) return [];
        var account = await ledger.Load(profile.MemberId, cancellation);
        return [Compose(profile, account, new Occasion(message, "welcome", calendar.Today, new Dictionary<string, object?>()))];
    }

    public SmsRecord Compose(Profile profile, Account account, Occasion occasion)
    {
        var sms = options.Value;
        var composed = SmsComposer.Compose(sms.Signature, occasion.Message.Template.Render(Values(profile, account, occasion)), sms.OptOut);
        var text = composed.Succeeded ? composed.Value : "";
        var why = composed.Problem?.Code
            ?? (occasion.On < calendar.Today.AddDays(-MemberCare.LateDays) ? "too-late" : WhyNot(profile));
        var now = calendar.Now;
        return new SmsRecord
        {
            MemberId = profile.MemberId,
            Occasion = occasion.Key,
            State = why is null ? SmsState.Planned : SmsState.Suppressed,
            Why = why,
            Text = text,
            Segments = SmsText.Measure(text).Segments,
            PlannedAt = now,
            SendAt = sms.QuietHours.NextAllowed(now, calendar),
        };
    }

    /// <summary>Why this member must not be written to now; null when it is fine.</summary>
    public static string? WhyNot(Profile profile) =>
        profile.Status != MemberStatus.Member ? "not-a-member"
        : profile.Phone is null ? "no-phone"
        : profile.Consents.Sms switch { true => null, false => "opted-out", null => "no-consent" };

    private Dictionary<string, object?> Values(Profile profile, Account account, Occasion occasion) => new(occasion.Values)
    {
        ["name"] = profile.Name,
        ["cardNumber"] = profile.CardNumber,
        ["tierName"] = programmes.Current.FindTier(ledger.Now(account).Tier.Code)?.Name,
        ["points"] = account.Wallet(programmes.Current.DefaultWallet.Code).Available(calendar.Today),
        ["clubName"] = programmes.Current.Name,
        ["dealerId"] = profile.DealerId,
    };
}
