using System.Globalization;
using Club.Care;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Store;

namespace Club.Edges.WeChat;

/// <summary>Takes what WeChat tells of a template message afterwards (<c>TEMPLATESENDJOBFINISH</c>): that it arrived, or did not, so that
/// the next channel has its turn. It may come twice.</summary>
public sealed class TemplateReports(IClubStore store, Membership membership, ClubCalendar calendar)
{
    private const string Arrived = "success";

    public async Task Take(WeChatMessage told, CancellationToken cancellation)
    {
        if (!long.TryParse(told.MsgId, NumberStyles.None, CultureInfo.InvariantCulture, out var msgId)) return;
        while (await Find(WeChatMessages.IdOf(msgId), cancellation) is { Value.State: SmsState.Sent } stored)
        {
            var profile = await membership.Find(stored.Value.MemberId, cancellation);
            // The status may be a sentence; what is kept is which of WeChat's it is.
            var after = told.Status == Arrived ? stored.Value with { State = SmsState.Delivered, Why = null }
                : ChannelRules.AfterWeChat(stored.Value, profile, told.Status == "failed:user block" ? "wechat-blocked" : "wechat-failed", calendar.Now);
            Write[] news = after.State == SmsState.Planned ? [] : [after.Happened(calendar.Now).ToCreate()];
            if (await store.Commit(after.MemberId, [after.ToReplace(stored.ETag), .. news], cancellation) is CommitResult.Written) return;
        }
    }

    private async Task<Stored<SmsRecord>?> Find(string id, CancellationToken cancellation) =>
        (await store.Find(IndexQuery.Equal(SmsRecord.MessageIndex, id) with { Limit = 1 }, cancellation)).Documents is [var document]
            ? document.ToStored<SmsRecord>() : null;
}
