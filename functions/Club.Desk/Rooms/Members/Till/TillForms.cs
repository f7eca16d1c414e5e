using System.Text.Json.Nodes;
using Club.Desk.Frame;
using Club.Gifts;
using Club.Kernel;
using Club.Spending;

namespace Club.Desk.Rooms.Members.Till;

/// <summary>Spends points, or keeps them to be spent.</summary>
public sealed class SpendPoints(TillPage page, Redemptions redemptions) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var asked = new TillQuestion(form.Text("amount"), form.Text("dealerId"), form.Text("wallet"));
        var chosen = FormBody.Choice(form, "hold", required: false, "yes");
        var bill = new JsonObject { ["kind"] = "bill", ["amount"] = asked.Yuan, ["dealerId"] = asked.DealerId, ["reference"] = form.Text("reference") };
        var body = new JsonObject { ["wallet"] = asked.Wallet, ["for"] = bill };
        if ((chosen.Problem ?? asked.Unfit ?? Amounts.Into(body, form, "points")) is { } unfit)
            return await page.Show(visit, asked, unfit, cancellation);
        var hold = chosen.Value is not null;
        body["hold"] = hold;
        var request = FormBody.Read(body, RedemptionRequest.Read);
        if (request.Problem is { } wrong) return await page.Show(visit, asked, wrong, cancellation);
        var spent = await redemptions.Redeem(new MemberId(visit.Value("id")), request.Value, FormBody.Once(visit, form, body.ToJsonString()),
            visit.Admitted, cancellation);
        if (spent.Problem is { Kind: not ProblemKind.NotFound } problem) return await page.Show(visit, asked, problem, cancellation);
        return spent.Succeeded ? Done(visit, hold ? "held" : "spent") : Reply.Nothing;
    }

    internal static Reply Done(Visit visit, string what) =>
        Reply.To(MembersRoom.Address, [visit.Value("id"), "spend"], Bystander.Carried(visit), ("done", what));
}

/// <summary>Corrects her points by hand, or puts it before a second person.</summary>
public sealed class CorrectPoints(TillPage page, Adjustments adjustments) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var nothing = new TillQuestion(null, null, null);
        var body = FormBody.Of(form, "wallet", "dealerId", "reason");
        if (Amounts.Into(body, form, "points", isSigned: true) is { } unfit) return await page.Show(visit, nothing, unfit, cancellation);
        var request = FormBody.Read(body, AdjustmentRequest.Read);
        if (request.Problem is { } wrong) return await page.Show(visit, nothing, wrong, cancellation);
        var asked = await adjustments.Ask(new MemberId(visit.Value("id")), request.Value,
            FormBody.Once(visit, form, body.ToJsonString()), visit.Admitted, cancellation);
        if (asked.Problem is { Kind: not ProblemKind.NotFound } problem) return await page.Show(visit, nothing, problem, cancellation);
        return !asked.Succeeded ? Reply.Nothing
            : SpendPoints.Done(visit, asked.Value.Answer.State == AdjustmentState.AwaitingApproval ? "awaiting" : "corrected");
    }
}

/// <summary>Uses the voucher 礼券 that she shows.</summary>
public sealed class UseHerVoucher(TillPage page, VoucherDesk vouchers) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var (code, nothing) = (form.Text("code") ?? "", new TillQuestion(null, null, null));
        var request = FormBody.Read(FormBody.Of(form, "dealerId", "reference"), UseVoucherRequest.Read);
        if (request.Problem is { } wrong) return await page.Show(visit, nothing, wrong, cancellation);
        var found = await vouchers.Find(code, cancellation);
        // Whose else it is, this page does not say.
        var problem = found.Problem ?? (found.Value.MemberId != visit.Value("id") ? Problem.NotFound("The voucher") : null);
        if (problem is null)
        {
            var used = await vouchers.Use(code, request.Value, FormBody.Once(visit, form, $"{code} {request.Value}"), visit.Admitted, cancellation);
            problem = used.Problem;
        }
        return problem is null ? SpendPoints.Done(visit, "voucher") : await page.Show(visit, nothing, problem, cancellation);
    }
}

/// <summary>Ends a hold one way or the other, or gives back what was spent.</summary>
public sealed class FollowRedemption(TillPage page, Redemptions redemptions) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var (id, chosen) = (visit.Value("redemption"), FormBody.Choice(form, "step", required: true, "confirm", "cancel", "refund"));
        var reason = form.Text("reason") is { } text ? text[..Math.Min(text.Length, Limits.Reason)] : null;
        var nothing = new TillQuestion(null, null, null);
        // It is hers, or it is none of this page.
        if (OwnedId.MemberOf(id) != visit.Value("id")) return Reply.Nothing;
        var body = new JsonObject { ["reason"] = reason ?? "-" };
        if ((chosen.Problem ?? Amounts.Into(body, form, "points")) is { } unfit)
            return await page.Show(visit, nothing, unfit, cancellation);
        var step = chosen.Value;
        if (step != "confirm" && reason is null)
            return await page.Show(visit, nothing, new Problem("missing-data", "$.reason: is missing.", "$.reason"), cancellation);
        var refund = FormBody.Read(body, RefundRequest.Read);
        if (refund.Problem is { } wrong) return await page.Show(visit, nothing, wrong, cancellation);
        var command = FormBody.Once(visit, form, $"{step} {body["points"]} {reason}");
        var followed = step switch
        {
            "confirm" => await redemptions.Confirm(id, command, visit.Admitted, cancellation),
            "cancel" => await redemptions.Cancel(id, reason!, command, visit.Admitted, cancellation),
            _ => await redemptions.Refund(id, refund.Value, command, visit.Admitted, cancellation),
        };
        if (followed.Problem is { Kind: not ProblemKind.NotFound } problem) return await page.Show(visit, nothing, problem, cancellation);
        return !followed.Succeeded ? Reply.Nothing
            : SpendPoints.Done(visit, step switch { "confirm" => "spent", "cancel" => "cancelled", _ => "refunded" });
    }
}
