using Club.Edges.Site;
using Club.Edges.Sms;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Webhooks of the website and of the SMS provider.</summary>
public sealed class WebhookFunctions(SiteRegistrations registrations, SmsFeedback feedback, SmsWebhookDoor door)
{
    [Function("SiteRegistrations")]
    [Open("the website signs each delivery")]
    public async Task<IResult> Site(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/registrations")] HttpRequest request,
        CancellationToken cancellation)
    {
        var headers = new WebhookHeaders(request.Headers["webhook-id"], request.Headers["webhook-timestamp"],
            request.Headers["webhook-signature"]);
        var registered = await registrations.Handle(headers, await Http.Body(request, cancellation), cancellation);
        if (registered.Problem is { } problem) return Http.Problem(problem);
        var (memberId, cardNumber, status, isNew) = registered.Value;
        return Http.Json(new { memberId, cardNumber, status }, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    [Function("SmsEvents")]
    [Open("a key in the address of the subscription")]
    public async Task<IResult> Sms(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", "options", Route = "webhooks/sms")] HttpRequest request,
        CancellationToken cancellation)
    {
        if (door.Refuse(Http.Query(request, "key")) is { } stranger) return Http.Problem(stranger);
        if (HttpMethods.IsOptions(request.Method)) return CloudEventsHandshake.Answer(request);
        var events = EventGridSms.Parse(await Http.Body(request, cancellation));
        if (events.Problem is { } problem) return Http.Problem(problem);
        await feedback.Handle(events.Value, cancellation);
        return events.Value.Events.OfType<SmsEvent.SubscriptionValidation>().FirstOrDefault() is { } handshake
            ? Http.Json(new { validationResponse = handshake.ValidationCode })
            : Results.Ok();
    }
}
