using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Sms;
using Club.Store;

namespace Club.Care;

/// <summary>Takes what the provider tells afterwards: delivery reports and members' replies. All of it may come twice.</summary>
public sealed class SmsFeedback(IClubStore store, ProgrammeVersions programmes, ClubCalendar calendar, Claims claims)
{
    public async Task Handle(SmsEvents events, CancellationToken cancellation = default)
    {
        foreach (var told in events.Events)
        {
            if (told is SmsEvent.DeliveryReport report) await Report(report, cancellation);
            else if (told is SmsEvent.Received { Intent: not SmsIntent.Other } reply) await Reply(reply, cancellation);
        }
    }

    private async Task Report(SmsEvent.DeliveryReport report, CancellationToken cancellation)
    {
        while (true)
        {
            var page = await store.Find(IndexQuery.Equal(SmsRecord.MessageIndex, report.MessageId) with { Limit = 1 }, cancellation);
            if (page.Documents is not [var document]) return;
            var record = document.As<SmsRecord>();
            if (record.State != SmsState.Sent) return;
            var after = report.Delivered
                ? record with { State = SmsState.Delivered }
                : record with { State = SmsState.Failed, Why = string.IsNullOrEmpty(report.Details) ? report.Status : $"{report.Status}: {report.Details}" };
            if (await store.Commit(record.MemberId, [after.ToReplace(document.ETag)], cancellation) is CommitResult.Written) return;
        }
    }

    private async Task Reply(SmsEvent.Received reply, CancellationToken cancellation)
    {
        var phone = PhoneNumber.Parse(reply.From);
        if (!phone.Succeeded || (await claims.Find(PersonIdentity.Of(phone.Value), cancellation)).MemberId is not { } memberId) return;
        var wanted = reply.Intent == SmsIntent.OptIn;
        var signposts = 0;
        while (await store.Read<Profile>(memberId, Profile.Id, cancellation) is { } stored)
        {
            if (stored.Value.MergedInto is { } survivor)
            {
                if (++signposts > MemberLedger.MostSignposts) throw new StoreException($"Member {memberId} was merged in a circle.");
                memberId = survivor;
                continue;
            }
            var happened = new MemberEvent
            {
                Id = Ids.Derived("v", "sms-reply", reply.EventId),
                MemberId = memberId,
                Kind = MemberEventKind.ConsentChanged,
                At = calendar.Now,
                To = wanted ? "sms" : "no-sms",
                Reason = "reply",
            };
            var after = stored.Value with { Consents = new Consents(wanted, calendar.Now) };
            after = after with { CareDue = MemberCare.DueOn(programmes.Current, after, calendar.Today) };
            // The event is the record that this reply was taken: a repeat must not undo what the member decided after it.
            var result = await store.Commit(memberId, [happened.ToCreate(), after.ToReplace(stored.ETag)], cancellation);
            if (result is CommitResult.Written or CommitResult.Exists) return;
        }
    }
}
