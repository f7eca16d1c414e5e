using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Store;

namespace Club.Care;

/// <summary>Asks a member, some days after a complaint of hers was closed, whether all is well 投诉回访: once for each complaint. Message
/// and complaint are one commit; what was asked before is met and left alone.</summary>
public sealed class AskAboutComplaint(IClubStore store, ProgrammeLibrary library, MemberLedger ledger, CareMessages messages,
    CareCalls calls, ClubCalendar calendar)
{
    /// <summary>So many days later it may still be asked.</summary>
    private const int LateDays = 7;

    /// <summary>The complaints to be looked at today; null: the care plan asks nobody.</summary>
    public static DateOnly? Until(Programme programme, DateOnly today) =>
        MessageOf(programme) is { DaysAfter: var days } ? today.AddDays(-days) : null;

    public async Task Handle(Document due, CancellationToken cancellation)
    {
        var (complaint, rules) = (due.As<Complaint>(), await library.Now(cancellation));
        if (complaint is { AskedOn: not null, ClosedOn: null })
        {
            // It is open again: whoever is to call about it does not.
            await calls.Settle(complaint.MemberId, cancellation);
            await store.Commit(due.Partition, [(complaint with { IsAskingOver = true }).ToReplace(due.ETag)], cancellation);
            return;
        }
        if (MessageOf(rules.Current) is not { } message || complaint is not { ClosedOn: { } closed, AskedOn: null }
            || closed.AddDays(message.DaysAfter) is var day && day > calendar.Today)
            return;
        var account = await ledger.Load(complaint.MemberId, rules, cancellation);
        // It is on its way to another member, who is asked then.
        if (account.MemberId != complaint.MemberId || account.Absorbs is { Count: > 0 }) return;
        var profile = (await store.Read<Profile>(complaint.MemberId, Profile.Id, cancellation))?.Value;
        // As her branch says it, or does not.
        var said = MessageOf(rules.On(rules.Today, profile?.DealerId, calendar.Now));
        await Say(due, complaint, day.AddDays(LateDays) is var last && last < calendar.Today || said is null
            || profile is not { Status: MemberStatus.Member, IsPersonal: true }
            || !SegmentRules.Holds(rules.Current, said, profile, account, calendar.Now, rules.Today) ? null
            : (await messages.Compose(rules, profile, account, [new Occasion(said, KeyOf(complaint), last,
                new Dictionary<string, object?> { ["closedOn"] = closed })], cancellation))[0], cancellation);
    }

    /// <param name="sms">Null: she is not asked.</param>
    private async Task Say(Document due, Complaint complaint, SmsRecord? sms, CancellationToken cancellation)
    {
        // Another writer came between: the sweep comes again.
        var asked = (complaint with { AskedOn = calendar.Today }).ToReplace(due.ETag);
        Write[] said = sms is null ? [asked] : [sms.ToCreate(), sms.Happened(calendar.Now).ToCreate(), asked];
        switch (await store.Commit(due.Partition, said, cancellation))
        {
            case CommitResult.Written when sms is not null:
                Telemetry.Sms.Add(1, new KeyValuePair<string, object?>("state", sms.State));
                break;
            case CommitResult.Exists:
                await store.Commit(due.Partition, [asked], cancellation);
                break;
        }
    }

    private static string KeyOf(Complaint complaint) =>
        $"{OccasionKeys.Complaint}:{complaint.Id[(complaint.Id.IndexOf(':', StringComparison.Ordinal) + 1)..]}";

    private static CareMessage? MessageOf(Programme programme) =>
        programme.Care.FirstOrDefault(one => one.Occasion == CareOccasion.ComplaintFollowUp);
}

/// <summary>Of a complaint that is open again nobody is asked whether all is well.</summary>
internal sealed class ComplaintOccasions(IClubStore store) : IOccasions
{
    public string Kind => OccasionKeys.Complaint;

    public async ValueTask<bool> Holds(MemberId memberId, string occasion, CancellationToken cancellation) =>
        (await store.Read<Complaint>(memberId, $"complaint:{occasion[(OccasionKeys.Complaint.Length + 1)..]}", cancellation))
            is { Value.State: ComplaintState.Closed };
}
