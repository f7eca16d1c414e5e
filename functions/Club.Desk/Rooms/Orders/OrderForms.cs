using Club.Desk.Frame;
using Club.Gifts;
using Club.Kernel;

namespace Club.Desk.Rooms.Orders;

/// <summary>Leads from a form back to where it stood: the list as it was asked for, or the order.</summary>
public sealed class OrderWay(OrdersPage list, OrderPage sheet)
{
    public const string Query = "on", OfOrder = "order";

    public async Task<Reply> Lead(Visit visit, Problem? problem, string done, CancellationToken cancellation)
    {
        if (problem is { Kind: ProblemKind.NotFound }) return Reply.Nothing;
        var isOfOrder = visit.Asked(Query) == OfOrder;
        if (problem is not null)
            return isOfOrder ? await sheet.Show(visit, problem, cancellation) : await list.Show(visit, problem, cancellation);
        return isOfOrder ? Reply.To(OrdersRoom.Address, [visit.Value("order")], ("done", done))
            : Reply.To(OrdersRoom.Address, [], ("state", visit.Asked("state")), ("dealerId", visit.Asked("dealerId")), ("done", done));
    }
}

/// <summary>Takes an order on: confirmed, sent or made ready, handed over.</summary>
public sealed class StepOrder(OrderSteps steps, OrderWay way) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var word = form.Text("step");
        if (OrdersWords.StateOf(word) is not { } to || to is OrderState.Placed or OrderState.Cancelled)
            return await way.Lead(visit, new Problem("invalid-data", "$.step: one of confirmed, shipped, ready, done is expected.", "$.step"),
                "", cancellation);
        var body = FormBody.Of(form, "reference");
        var request = FormBody.Read(body, StepRequest.Read);
        if (request.Problem is { } wrong) return await way.Lead(visit, wrong, "", cancellation);
        var command = FormBody.Once(visit, form, $"{to} {body.ToJsonString()}");
        var went = await steps.Go(visit.Value("order"), to, request.Value, command, visit.Admitted, cancellation);
        return await way.Lead(visit, went.Problem, word!, cancellation);
    }
}

/// <summary>Takes an order back, with its reason: stock and points are free again.</summary>
public sealed class CancelOrder(OrderSteps steps, OrderWay way) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var body = FormBody.Of(form, "reason");
        var request = FormBody.Read(body, StepRequest.ReadCancel);
        if (request.Problem is { } wrong) return await way.Lead(visit, wrong, "", cancellation);
        var went = await steps.Go(visit.Value("order"), OrderState.Cancelled, request.Value,
            FormBody.Once(visit, form, body.ToJsonString()), visit.Admitted, cancellation);
        return await way.Lead(visit, went.Problem, "cancelled", cancellation);
    }
}
