using Club.Kernel;
using Club.Messaging;
using Club.Store;
using Club.Transactions;

namespace Club.Edges.Sms;

/// <summary>Takes what the provider tells afterwards: delivery reports and members' replies. All of it may come twice and in any
/// order.</summary>
public sealed class SmsFeedback(IClubStore store, ClubCalendar calendar, SmsReplyHandler replies, Rejections rejections)
{
    public async Task Handle(SmsEvents events, CancellationToken cancellation = default)
    {
        foreach (var told in events.Events)
        {
            if (told is SmsEvent.DeliveryReport report) await Report(report, cancellation);
            else if (told is SmsEvent.Received reply) await replies.Handle(reply, cancellation);
        }
        // Event Grid would not send a refused batch again, so the good events are taken and the others kept for people.
        foreach (var bad in events.Malformed)
            await rejections.Add(bad.Raw, SmsReplyHandler.Source, null, sentWith: null, bad.Problem, cancellation, mayPass: false);
    }

    private async Task Report(SmsEvent.DeliveryReport report, CancellationToken cancellation)
    {
        if (report.Outcome == DeliveryOutcome.Unknown) return;
        while (await Find(report, cancellation) is { } stored)
        {
            if (After(stored.Value, report) is not { } after) return;
            if (await store.Commit(after.MemberId, [after.ToReplace(stored.ETag), after.Happened(calendar.Now).ToCreate()], cancellation)
                is CommitResult.Written)
            {
                Telemetry.Sms.Add(1, new KeyValuePair<string, object?>("state", after.State));
                return;
            }
        }
    }

    /// <summary>By the provider's id; by the tag when the report overtook the answer that brings the id.</summary>
    private async Task<Stored<SmsRecord>?> Find(SmsEvent.DeliveryReport report, CancellationToken cancellation)
    {
        var page = await store.Find(IndexQuery.Equal(SmsRecord.MessageIndex, report.MessageId) with { Limit = 1 }, cancellation);
        if (page.Documents is [var document]) return document.ToStored<SmsRecord>();
        if (report.Tag?.Split(':', 2) is not [{ Length: > 0 } memberId, { Length: > 0 } occasion]) return null;
        return await store.Read<SmsRecord>(memberId, SmsRecord.IdOf(occasion), cancellation)
            is { Value: { MessageId: null, Attempts: > 0 } } asked ? asked : null;
    }

    /// <returns>Null when nothing changes. What has arrived stays so, whatever comes late.</returns>
    private SmsRecord? After(SmsRecord record, SmsEvent.DeliveryReport report)
    {
        var told = record with { MessageId = report.MessageId, SentAt = record.SentAt ?? calendar.Now };
        if (report.Outcome == DeliveryOutcome.Delivered)
            return record.State == SmsState.Delivered ? null : told with { State = SmsState.Delivered, Why = null };
        return record.State is SmsState.Delivered or SmsState.Failed
            ? null
            : told with { State = SmsState.Failed, Why = string.IsNullOrEmpty(report.Details) ? report.Status
                : $"{report.Status}: {report.Details}" };
    }
}
