using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Club.Care;

/// <summary>
/// Sends one planned message. The attempt is noted before the provider is asked, and every attempt carries the same repeatability id, so
/// that a crash between sending and noting does not send twice. Consent and quiet hours are looked at once more.
/// </summary>
public sealed partial class SendSms(IClubStore store, Membership membership, ProgrammeLibrary library, ClubCalendar calendar, ISms sms,
    IWeChatMessages weChat, IEnumerable<IOccasions> occasions, IOptions<SmsOptions> options, ILogger<SendSms> logger)
{
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2), TimeSpan.FromHours(6)];

    public async Task Handle(Stored<SmsRecord> stored, CancellationToken cancellation = default)
    {
        if (stored.Value is not { State: SmsState.Planned } record || record.SendAt > calendar.Now) return;
        if (calendar.Today > record.LastDay)
        {
            await Suppress(stored, "too-late", cancellation);
            return;
        }
        // Before the profile: it tells of a merge from its first write to its last, the profiles only of one that is done.
        var account = await store.Read<Account>(record.MemberId, Account.Id, cancellation);
        // Whoever is being taken in may have been told. The sweep comes again.
        if (account?.Value is { MergedInto: null, Absorbs.Count: > 0 }) return;
        var profile = await membership.Find(record.MemberId, cancellation);
        // Sealed by now, or a merge began and ended between the two reads.
        var person = account?.Value.MergedInto ?? profile?.MemberId ?? record.MemberId;
        if (person != record.MemberId && record.Attempts == 0)
        {
            await HandOver(stored, person, cancellation);
            return;
        }
        if ((profile is null ? "not-a-member" : WhyNot(record, profile)) is { } whyNot)
        {
            // Who follows the account no more may still have a phone.
            await (record.WeChat is not null && whyNot == "not-following"
                ? Save(stored, ChannelRules.AfterWeChat(record, profile, whyNot, calendar.Now), cancellation)
                : Suppress(stored, whyNot, cancellation));
            return;
        }
        if (!await Holds(record, profile!, account?.Value, cancellation))
        {
            await Suppress(stored, OccasionRules.Over, cancellation);
            return;
        }
        if (record.Attempts == 0 && await WasToldBefore(profile!, record.Occasion, cancellation))
        {
            await Suppress(stored, "told-before", cancellation);
            return;
        }
        await InHours(stored, profile!, cancellation);
    }

    /// <summary>Whether its cause is still there: hers, or that of a feature.</summary>
    private async ValueTask<bool> Holds(SmsRecord record, Profile profile, Account? account, CancellationToken cancellation) =>
        OccasionsOf(record) is { } feature ? await feature.Holds(record.MemberId, record.Occasion, cancellation)
            : OccasionRules.Holds((await library.Now(cancellation)).Current, profile, account, record.Occasion);

    private IOccasions? OccasionsOf(SmsRecord record) =>
        occasions.FirstOrDefault(one => one.Kind == OccasionKeys.KindOf(record.Occasion));

    /// <summary>Sends it now, or puts it off until it may be sent.</summary>
    private async Task InHours(Stored<SmsRecord> stored, Profile profile, CancellationToken cancellation)
    {
        var (record, now) = (stored.Value, calendar.Now);
        if (options.Value.QuietHours.NextAllowed(now, calendar) is var allowed && allowed > now)
        {
            if (calendar.DateOf(allowed) > record.LastDay) await Suppress(stored, "too-late", cancellation);
            else await Save(stored, record with { SendAt = allowed, Why = "quiet-hours" }, cancellation);
            return;
        }
        await Ask(stored, profile, cancellation);
    }

    /// <summary>Asks the provider; the attempt is noted before.</summary>
    private async Task Ask(Stored<SmsRecord> stored, Profile profile, CancellationToken cancellation)
    {
        var record = stored.Value with
        {
            Attempts = stored.Value.Attempts + 1, FirstAttemptAt = stored.Value.FirstAttemptAt ?? calendar.Now,
        };
        if (await Save(stored, record, cancellation) is not { } etag) return;
        var result = record.WeChat is { } letter
            ? await weChat.Send(
                new WeChatTemplate(profile.OpenIds[^1], letter.Template, letter.Url, letter.Data, record.ClientId), cancellation)
            : await sms.Send(new SmsMessage(profile.Phone!, record.Text, record.RepeatabilityId, record.FirstAttemptAt.Value, record.Tag),
                cancellation);
        var after = After(record, result);
        if (after.State == SmsState.Failed && record.WeChat is not null)
            after = ChannelRules.AfterWeChat(record, profile, after.Why!, calendar.Now);
        await Save(new Stored<SmsRecord>(record, etag), after, cancellation);
    }

    private static string? WhyNot(SmsRecord record, Profile profile) => record.WeChat is null
        ? CareMessages.WhyNot(profile, OccasionKeys.IsService(record.Occasion))
        : ChannelRules.WhyNotByWeChat(profile, OccasionKeys.IsService(record.Occasion));

    /// <summary>
    /// What was planned for somebody who has become one with another member since is said by that one's record, once. When the provider was
    /// asked already, the record keeps its name, so that the provider knows it again.
    /// </summary>
    private async Task HandOver(Stored<SmsRecord> stored, MemberId survivorId, CancellationToken cancellation)
    {
        var own = stored.Value with { MemberId = survivorId };
        if (await store.Commit(survivorId, [own.ToCreate(), own.Happened(calendar.Now).ToCreate()], cancellation)
            is CommitResult.Written or CommitResult.Exists)
            // That one's record says it: whoever counts what is said loses nothing.
            await Save(stored, stored.Value with { State = SmsState.Suppressed, Why = "not-a-member" }, cancellation);
    }

    /// <summary>
    /// Whether one of those whom this member was made of was told of the occasion, or held out of it. A record of theirs that still waits
    /// is closed first, under its ETag, so that of two senders one is the first.
    /// </summary>
    private async Task<bool> WasToldBefore(Profile profile, string occasion, CancellationToken cancellation)
    {
        foreach (var memberId in profile.MergedFrom)
        {
            while (await store.Read<SmsRecord>(memberId, SmsRecord.IdOf(occasion), cancellation)
                is { } theirs && (theirs.Value.State != SmsState.Suppressed
                    || theirs.Value.Why is HoldoutRules.Why or CallRules.Why or LetterRules.Why))
            {
                if (theirs.Value is not { State: SmsState.Planned, Attempts: 0 }) return true;
                await Suppress(theirs, "not-a-member", cancellation);
            }
        }
        return false;
    }

    private async Task Suppress(Stored<SmsRecord> stored, string why, CancellationToken cancellation)
    {
        // Before it is written down: after a crash it is told again.
        if (OccasionsOf(stored.Value) is { } feature) await feature.NotSaid(stored.Value, cancellation);
        await Save(stored, stored.Value with { State = SmsState.Suppressed, Why = why }, cancellation);
    }

    private SmsRecord After(SmsRecord record, SmsResult result)
    {
        switch (result)
        {
            case SmsResult.Accepted accepted:
                return record with { State = SmsState.Sent, Why = null, MessageId = accepted.MessageId, SentAt = calendar.Now };
            case SmsResult.Refused refused:
                Log.Refused(logger, record.MemberId, record.Occasion, refused.Code, refused.Reason);
                return record with { State = SmsState.Failed, Why = $"{refused.Code}: {refused.Reason}" };
            case SmsResult.TryLater later when record.Attempts > Waits.Length:
                Log.Refused(logger, record.MemberId, record.Occasion, "attempts", later.Reason);
                return record with { State = SmsState.Failed, Why = $"given up after {record.Attempts} attempts: {later.Reason}" };
            case SmsResult.TryLater later:
                return record with { SendAt = calendar.Now + (later.RetryAfter ?? Waits[record.Attempts - 1]), Why = later.Reason };
            default:
                throw new InvalidOperationException($"Unknown answer {result.GetType().Name}.");
        }
    }

    /// <returns>The new ETag, or null when another sender was first.</returns>
    private async Task<string?> Save(Stored<SmsRecord> before, SmsRecord after, CancellationToken cancellation)
    {
        var isNews = after.State != before.Value.State;
        Write[] writes = [after.ToReplace(before.ETag), .. isNews ? [after.Happened(calendar.Now).ToCreate()] : Array.Empty<Write>()];
        if (await store.Commit(after.MemberId, writes, cancellation) is not CommitResult.Written written) return null;
        if (isNews) Telemetry.Sms.Add(1, new KeyValuePair<string, object?>("state", after.State));
        return written.ETags[0];
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "SMS {Occasion} to member {MemberId} failed: {Code} {Reason}.")]
        public static partial void Refused(ILogger logger, string memberId, string occasion, string code, string reason);
    }
}
