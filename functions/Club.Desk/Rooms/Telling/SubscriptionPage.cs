using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Edges;
using Club.Kernel;
using Club.Outgoing;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Telling;

/// <param name="State">Which deliveries; null: attempts, taken or not.</param>
/// <param name="Secret">A new one; null: none was made.</param>
public sealed record SubscriptionModel(SubscriptionView Subscription, PageOf<DeliveryView> Found, DeliveryState? State,
    IReadOnlyDictionary<MemberId, string> Names, string? Secret, Problem? Problem, Said? Done) : IShowsMembers
{
    public IEnumerable<MemberId> Members => Found.Items.Select(one => one.MemberId).Distinct();
}

/// <summary>One subscription with its deliveries.</summary>
public sealed class SubscriptionPage(SubscriptionBook subscriptions, DeliveryDesk desk, MemberViews views) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, null, null, cancellation);

    /// <summary>The page, with why something was refused, or with a new secret.</summary>
    public async Task<Reply> Show(Visit visit, Problem? problem, string? secret, CancellationToken cancellation)
    {
        var id = visit.Value("id");
        if (await subscriptions.Find(id, cancellation) is not { } found) return Reply.Nothing;
        DeliveryState? state = Enum.TryParse<DeliveryState>(visit.Asked("state"), ignoreCase: true, out var named) && Enum.IsDefined(named)
            ? named : null;
        var deliveries = await Paging.Find(visit, async (limit, continuation) =>
            await desk.List(id, state, limit, continuation, cancellation) ?? ([], null));
        var names = await MemberNames.Find(visit, views, deliveries.Items.Select(one => one.MemberId), cancellation);
        var model = new SubscriptionModel(found, deliveries, state, names, secret, problem,
            problem is null ? TellingWords.Done(visit.Asked("done")) : null);
        return Reply.Of<SubscriptionSheet>(model, TellingWords.Subscription,
            problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind), $"{TellingRoom.Address}/{id}");
    }
}

/// <summary>Does what stands in the address to a subscription.</summary>
public sealed class StepSubscription(SubscriptionBook subscriptions, DeliveryDesk desk, SubscriptionPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var (id, step, caller) = (visit.Value("id"), visit.Value("step"), visit.Admitted);
        switch (step)
        {
            case "enable":
                return await Done(visit, (await subscriptions.Enable(id, caller, cancellation)).Problem, step, cancellation);
            case "disable":
                return await Done(visit, (await subscriptions.Disable(id, caller, cancellation)).Problem, step, cancellation);
            case "replay":
                var from = FormBody.Read(FormBody.Of(form, "from"), ReplayRequest.Read);
                return await Done(visit, from.Problem ?? (await desk.Replay(id, from.Value, cancellation)).Problem, step, cancellation);
            case "test":
                var tested = await desk.Test(id, cancellation);
                return await Done(visit, tested.Problem, tested is { Succeeded: true, Value.Taken: true } ? "taken" : "failed", cancellation);
            case "secret":
                var rotated = await subscriptions.Rotate(id, caller, cancellation);
                return rotated.Problem is null ? await page.Show(visit, null, rotated.Value.Secret, cancellation) : Reply.Nothing;
            case "delete":
                return await subscriptions.Delete(id, caller, cancellation) ? Reply.To(TellingRoom.Address, [], ("done", "deleted")) : Reply.Nothing;
            default:
                return Reply.Nothing;
        }
    }

    private async Task<Reply> Done(Visit visit, Problem? problem, string done, CancellationToken cancellation) => problem switch
    {
        null => Reply.To(TellingRoom.Address, [visit.Value("id")], ("done", done)),
        { Kind: ProblemKind.NotFound } => Reply.Nothing,
        _ => await page.Show(visit, problem, null, cancellation),
    };
}

/// <summary>Sends an event again that was given up.</summary>
public sealed class SendEventAgain(DeliveryDesk desk) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation) =>
        (await desk.Resend(visit.Value("id"), visit.Value("event"), cancellation)).Problem is null
            ? Reply.To(TellingRoom.Address, [visit.Value("id")], ("state", "dead"), ("done", "resent")) : Reply.Nothing;
}
