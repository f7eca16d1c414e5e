using System.Text.Json.Nodes;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Club.Outgoing;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Telling;

/// <param name="Secret">Of one that was just made; null: none was.</param>
public sealed record SubscriptionsModel(PageOf<SubscriptionView> Found, Typed Typed, Problem? Problem, string? Secret, Said? Done)
{
    public static readonly string[] Fields = ["id", "url", "types"];
}

/// <summary>Who is told, and a form for one more.</summary>
public sealed class SubscriptionsPage(SubscriptionBook subscriptions) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, Typed.Nothing, null, null, cancellation);

    /// <summary>The page, with what was typed and why it was refused, or with a new secret.</summary>
    public async Task<Reply> Show(Visit visit, Typed typed, Problem? problem, string? secret, CancellationToken cancellation)
    {
        var found = await Paging.Find(visit, (limit, continuation) => subscriptions.List(limit, continuation, cancellation));
        var model = new SubscriptionsModel(found, typed, problem, secret, problem is null ? TellingWords.Done(visit.Asked("done")) : null);
        return Reply.Of<SubscriptionList>(model, TellingWords.Subscriptions,
            problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind), TellingRoom.Address);
    }
}

/// <summary>Makes a subscription, or changes one.</summary>
public sealed class SaveSubscription(SubscriptionBook subscriptions, SubscriptionsPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var body = FormBody.Of(form, "url");
        body["types"] = new JsonArray([.. FormBody.List(form.Text("types") ?? "").Select(type => type?.DeepClone())]);
        var request = FormBody.Read(body, SubscriptionRequest.Read);
        if (request.Problem is { } wrong) return await page.Show(visit, new Typed(form), wrong, null, cancellation);
        var id = form.Text("id") ?? "";
        var put = await subscriptions.Put(id, request.Value, visit.Admitted, cancellation);
        // Of a call the id is part of the address.
        if (put.Problem is { } problem)
            return await page.Show(visit, new Typed(form), problem.Path == "id" ? problem with { Path = "$.id" } : problem, null, cancellation);
        return put.Value.IsNew ? await page.Show(visit, Typed.Nothing, null, put.Value.Subscription.Secret, cancellation)
            : Reply.To(TellingRoom.Address, [id], ("done", "saved"));
    }
}
