using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;
using Functions.Local.Topic;

namespace Functions.Local.Amqp;

/// <summary>What clients ask of a subscription beside receiving: to renew locks, to settle what a link that broke had received, to
/// look.</summary>
internal sealed class SubscriptionRequests(QueueClient client, SubscriptionPath path)
{
    private const int MostPeeked = 250;
    private const int MostBytesPeeked = QueueContainer.LargestMessage;

    private readonly Outlet _outlet = path.Outlet!;

    public void OnMessage(ListenerLink link, Message request, DeliveryState state, object context)
    {
        if (client.RepliesTo(request) is not { } replies)
        {
            link.DisposeMessage(request,
                new Rejected { Error = new Error(ErrorCode.NotFound) { Description = "There is no link to reply on." } }, true);
            return;
        }

        link.DisposeMessage(request, new Accepted(), true);
        _ = Reply(request, replies);
    }

    private async Task Reply(Message request, ReplyLink replies)
    {
        Answer answer;
        try
        {
            answer = await Judge(request);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            answer = new(503, "It could not be written. Try again.", "com.microsoft:server-busy");
        }
        catch (Exception e) when (e is InvalidCastException or ArgumentException or OverflowException)
        {
            answer = new(400, "The request is not what it should be.", "com.microsoft:argument-error");
        }

        var reply = new Message
        {
            Properties = new Properties(),
            ApplicationProperties = new ApplicationProperties
            {
                Map = { ["statusCode"] = answer.Status, ["statusDescription"] = answer.Description },
            },
            BodySection = new AmqpValue { Value = answer.Body ?? [] },
        };
        if (answer.Condition is { } condition) reply.ApplicationProperties.Map["errorCondition"] = new Symbol(condition);
        if (request.Properties?.GetMessageId() is { } id) reply.Properties.SetCorrelationId(id);
        try
        {
            replies.Send(reply);
        }
        catch (Exception e) when (e is AmqpException or ObjectDisposedException)
        {
            // The client has gone.
        }
    }

    private async Task<Answer> Judge(Message request)
    {
        if (client.With(path.Claimed, QueueClaims.Listen) is null)
            return new(401, "The token has expired.", ErrorCode.UnauthorizedAccess);
        if (request is OversizeMessage or MalformedMessage || request.Body is not Map body)
            return new(400, "A request has a map for a body.", "com.microsoft:argument-error");
        return (request.ApplicationProperties?.Map["operation"] as string) switch
        {
            "com.microsoft:renew-lock" => Renew(body),
            "com.microsoft:renew-session-lock" => RenewSession(body),
            "com.microsoft:update-disposition" => await Settle(body),
            "com.microsoft:peek-message" => Peek(body),
            _ => new(501, "This host neither defers nor schedules messages of a topic, and keeps no state of sessions and no rules.",
                ErrorCode.NotImplemented),
        };
    }

    private Answer Renew(Map body)
    {
        var until = ((Guid[])body["lock-tokens"]).Select(_outlet.Renew).ToArray();
        return until.Length == 0 || until.Any(one => one is null)
            ? Lost
            : new(200, "OK") { Body = new Map { ["expirations"] = until.Select(one => one!.Value).ToArray() } };
    }

    private Answer RenewSession(Map body) => _outlet.RenewSession((string)body["session-id"]) is { } until
        ? new(200, "OK") { Body = new Map { ["expiration"] = until } }
        : new(410, "The session's lock has expired.", "com.microsoft:session-lock-lost");

    private async Task<Answer> Settle(Map body)
    {
        Verdict? verdict = (body["disposition-status"] as string) switch
        {
            "completed" => Verdict.Complete,
            "abandoned" => Verdict.Abandon,
            "suspended" => Verdict.DeadLetter,
            _ => null,
        };
        if (verdict is not { } known) return new(501, "This host defers no messages.", ErrorCode.NotImplemented);
        var reason = Settlement.Reason(body["deadletter-reason"] as string, body["deadletter-description"] as string);
        var settled = await Task.WhenAll(((Guid[])body["lock-tokens"]).Select(token => _outlet.Settle(token, known, reason)));
        return settled.All(one => one) ? new(200, "OK") : Lost;
    }

    private Answer Peek(Map body)
    {
        var rows = _outlet.Peek((long)body["from-sequence-number"], Math.Clamp((int)body["message-count"], 1, MostPeeked),
            body["session-id"] as string);
        var (messages, bytes) = (new List(), 0);
        foreach (var row in rows)
        {
            using var letter = Letter.Peeked(row);
            var buffer = letter.Encode();
            if (messages.Count > 0 && bytes + buffer.Length > MostBytesPeeked) break;
            bytes += buffer.Length;
            messages.Add(new Map { ["message"] = buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray() });
        }

        return messages.Count == 0 ? new(204, "Nothing is there.") : new(200, "OK") { Body = new Map { ["messages"] = messages } };
    }

    private static Answer Lost => new(410, Settlement.LostWords, Settlement.LostCondition);

    private sealed record Answer(int Status, string Description, string? Condition = null)
    {
        public Map? Body { get; init; }
    }
}
