using Club.Edges.Site;
using Club.Kernel;

namespace Club.Outgoing;

/// <summary>Brings events to one receiver, signed: what a subscription says at the moment.</summary>
public sealed class Courier
{
    private readonly WebhookClient _client;
    private readonly ClubCalendar _calendar;
    private readonly Uri _url;
    private readonly IReadOnlyList<WebhookSecret> _secrets;

    public Courier(WebhookClient client, ClubCalendar calendar, Subscription subscription)
    {
        (_client, _calendar, _url) = (client, calendar, new Uri(subscription.Url));
        _secrets = [.. subscription.SignsWith(calendar.Now).Select(secret => WebhookSecret.Parse(secret).Value)];
    }

    /// <param name="attempt">Which one it is, from 1.</param>
    public async Task<(DeliveryLine Line, TimeSpan? RetryAfter)> Bring(ClubEvent told, int attempt, CancellationToken cancellation)
    {
        var (body, now) = (told.ToJson(), _calendar.Now);
        var sent = await _client.Post(_url, body, StandardWebhook.Sign(told.Id, now, body, _secrets), cancellation);
        return (new DeliveryLine(now, told.Id, told.Type, told.MemberId?.Value ?? "", sent.Status, sent.Error, sent.Milliseconds, attempt),
            sent.RetryAfter);
    }
}
