using System.Text.Json;
using Club.Identity;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Microsoft.Extensions.Options;

namespace Club.Edges.Site;

/// <summary>The website's registration webhook: verified, deduplicated by <c>webhook-id</c>, registered.</summary>
public sealed class SiteRegistrations(
    IOptions<SiteWebhookOptions> options, ProgrammeLibrary library, RegistrationReader reader, Register register, Deliveries deliveries,
    IdentityHasher hasher, ClubCalendar calendar)
{
    private const string Channel = "site";
    private const string EventType = "member.registered";
    private readonly IReadOnlyList<WebhookSecret> _secrets = options.Value.Keys();

    public async Task<Outcome<Registered>> Handle(WebhookHeaders headers, ReadOnlyMemory<byte> body,
        CancellationToken cancellation = default)
    {
        var delivery = StandardWebhook.Verify(headers, body.Span, _secrets, calendar.Now);
        if (delivery.Problem is { } refused) return refused;
        var content = JsonFields.Parse<string>(body, fields => ContentOf(fields));
        if (content.Problem is { } unreadable) return unreadable;
        if (await deliveries.Find(Channel, delivery.Value.Id, cancellation) is { } answered)
            return answered.Content == content.Value ? Again(answered, delivery.Value.Id) : Reused(delivery.Value.Id);

        var registration = Read(body, await library.Now(cancellation));
        if (registration.Problem is { } problem) return problem;
        var registered = await register.Handle(registration.Value, cancellation);
        await deliveries.Keep(Channel, delivery.Value.Id, JsonSerializer.Serialize(registered, ClubJson.Options),
            registered.MemberId, cancellation, content.Value);
        return registered;
    }

    /// <summary>Of the data only: a retry may carry another time, and its own spacing. Keyed, for who knows all phones would find the form
    /// that has nothing else.</summary>
    private Outcome<string> ContentOf(JsonFields fields) =>
        fields.Raw("data") is { } data ? hasher.Key("delivered", ContentDigest.Of(data)) : fields.Problem!;

    private static Outcome<Registered> Again(Delivered answered, string id) =>
        answered.Answer is { } before ? JsonSerializer.Deserialize<Registered>(before, ClubJson.Options)! with { IsNew = false }
            : new Problem("member-erased",
                $"Whom the delivery {id} registered was erased since. Who registers anew does so by a delivery of its own.",
                WebhookHeaders.IdName) { Kind = ProblemKind.Conflict };

    private static Problem Reused(string id) =>
        new("different-content",
            $"The delivery {id} came before with other data. Nothing was changed: send this registration under an id of its own.",
            WebhookHeaders.IdName) { Kind = ProblemKind.Conflict };

    private Outcome<Registration> Read(ReadOnlyMemory<byte> body, ProgrammeVersions rules) => JsonFields.Parse(body, fields =>
    {
        if (fields.Text("type") is { } type && type != EventType)
            fields.Fail("type", $"\"{type}\" is unknown; \"{EventType}\" is known", "unknown-type");
        var data = fields.Child("data");
        // Of a retry the header tells when it was sent again; the event's own time is when the person did it.
        var at = fields.Time("timestamp");
        if (fields.Problem is { } problem) return problem;
        var registration = reader.Read(data!, "website", rules);
        return registration.Succeeded ? registration.Value with { ConsentedAt = registration.Value.ConsentedAt ?? at } : registration;
    });
}
