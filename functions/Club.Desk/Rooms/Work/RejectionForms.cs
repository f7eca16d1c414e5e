using Club.Desk.Frame;
using Club.Edges.Sms;
using Club.Kernel;
using Club.Messaging;
using Club.Transactions;

namespace Club.Desk.Rooms.Work;

/// <summary>Has a refused message handled again, or a reply by text message read as staff mean it.</summary>
public sealed class ReplayRejection(Rejections rejections, Accrue accrue, SmsReplyHandler replies, RejectionsPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        if (await rejections.Find(visit.Value("id"), cancellation) is not { } rejection) return Reply.Nothing;
        if (rejection.Value.Unrepeatable is { } gone) return await page.Show(visit, null, gone, cancellation);
        if (IsReply(rejection.Value))
        {
            var chosen = FormBody.Choice(form, "as", required: false, "refusal", "consent", "nothing");
            if (chosen.Problem is { } unfit) return await page.Show(visit, null, unfit, cancellation);
            SmsIntent? meant = chosen.Value switch
            {
                "refusal" => SmsIntent.OptOut, "consent" => SmsIntent.OptIn, "nothing" => SmsIntent.Other, _ => null,
            };
            return await replies.Replay(rejection, meant, cancellation) is { } unread ? await page.Show(visit, null, unread, cancellation)
                : Reply.To(WorkRoom.Address, [], ("done", "taken"));
        }
        return await Tell(await accrue.Replay(rejection, cancellation), visit, page, cancellation);
    }

    public static bool IsReply(Rejection rejection) =>
        rejection.Source == SmsReplyHandler.Source && rejection.Code.StartsWith("sms-", StringComparison.Ordinal);

    internal static async Task<Reply> Tell(Receipt receipt, Visit visit, RejectionsPage page, CancellationToken cancellation) =>
        receipt is { Fate: Fate.Rejected, Problem: { } problem } ? await page.Show(visit, null, problem, cancellation)
            : Reply.To(WorkRoom.Address, [], ("done", $"{receipt.Fate}".ToLowerInvariant()));
}

/// <summary>Lets a message give more than one gives by itself.</summary>
public sealed class ApproveRejection(Accrue accrue, RejectionsPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        if (form.Text("reason") is not { Length: <= Limits.Reason } reason)
            return await page.Show(visit, WorkWords.NeedsReason, null, cancellation);
        var approved = await accrue.Approve(visit.Value("id"), reason, visit.Admitted, cancellation);
        if (approved.Problem is { Kind: ProblemKind.NotFound }) return Reply.Nothing;
        return approved.Problem is { } problem ? await page.Show(visit, null, problem, cancellation)
            : await ReplayRejection.Tell(approved.Value, visit, page, cancellation);
    }
}
