using System.Text.Json;
using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Store;
using Club.Transactions;

namespace Club.Edges.Sms;

/// <summary>
/// Takes members' replies. A refusal or a consent changes the consent as of the moment at which it was written; whatever the club cannot
/// read, or cannot tell whose it is, stands among the rejections, where staff see it and say what it means.
/// </summary>
public sealed class SmsReplyHandler(MessageConsents consents, ClubCalendar calendar, Claims claims, SmsReplies replies,
    Rejections rejections)
{
    /// <summary>The source under which replies and events of the provider stand among the rejections.</summary>
    public const string Source = "sms";

    public const string Unread = "sms-reply-unread";
    public const string Stranger = "sms-reply-stranger";
    private const int LongestShown = 160;
    private const int LongestKept = 500;

    public async Task Handle(SmsEvent.Received reply, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(reply.Text)) return;
        if (await Take(reply, replies.Read(reply.Text), ConsentSource.Reply, cancellation) is { } problem)
            await rejections.Add(Kept(reply), Source, Bounded.Text(reply.EventId, 128), sentWith: null, problem, cancellation);
    }

    /// <summary>Handles a kept reply again: as it is read now, or as staff say that it is meant.</summary>
    public async Task<Problem?> Replay(Stored<Rejection> rejection, SmsIntent? meant, CancellationToken cancellation)
    {
        if (rejection.Value.Code is not (Unread or Stranger))
            return new Problem(rejection.Value.Code, rejection.Value.Message, rejection.Value.Path);
        var kept = JsonSerializer.Deserialize<SmsEvent.Received>(rejection.Value.Raw!, ClubJson.Options)!;
        // Who reads a reply as nothing has looked at it, and it leaves the list.
        var problem = meant is SmsIntent.Other ? null
            : await Take(kept, meant ?? replies.Read(kept.Text), meant is null ? ConsentSource.Reply : ConsentSource.Staff, cancellation);
        await rejections.Settle(rejection.Value.Id, new Receipt(null, problem is null ? Fate.Booked : Fate.Rejected, problem),
            cancellation);
        return problem;
    }

    /// <returns>Why it could not be taken; null when it was.</returns>
    private async Task<Problem?> Take(SmsEvent.Received reply, SmsIntent intent, string source, CancellationToken cancellation)
    {
        if (intent == SmsIntent.Other)
            return new Problem("sms-reply-unread",
                $"A reply of {Who(reply)} is neither a refusal nor a consent that the club can read: \"{Bounded.Text(reply.Text, LongestShown)}\".");
        // A refusal counts at once. A consent counts only when it is known to be later than what was refused.
        if (intent == SmsIntent.OptIn && reply.ReceivedAt is null)
            return new Problem("sms-reply-unread", $"A reply of {Who(reply)} asks for messages and does not tell when it was written.");
        var phone = PhoneNumber.Parse(reply.From);
        if (!phone.Succeeded || (await claims.Find(PersonIdentity.Of(phone.Value), cancellation)).MemberId is not { } memberId)
            return new Problem("sms-reply-stranger",
                $"A reply of {Who(reply)}, whom the club does not know: \"{Bounded.Text(reply.Text, LongestShown)}\".");
        var now = calendar.Now;
        var act = new ConsentAct(intent == SmsIntent.OptIn, reply.ReceivedAt is { } at && at < now ? at : now, source);
        return await consents.Take(memberId, act, KeyOf(reply), cancellation)
            ? null
            : new Problem("sms-reply-stranger",
                $"A reply of {Who(reply)}, whose registration is not finished: \"{Bounded.Text(reply.Text, LongestShown)}\".");
    }

    /// <summary>Without a time of its own a repeat would count from now, so the reply itself is what it is known by.</summary>
    private static string KeyOf(SmsEvent.Received reply) =>
        Ids.Derived("", reply.EventId, reply.From, $"{reply.ReceivedAt?.UtcTicks}");

    private static string Kept(SmsEvent.Received reply) =>
        JsonSerializer.Serialize(reply with { Text = Bounded.Text(reply.Text, LongestKept), EventId = Bounded.Text(reply.EventId, 128),
            From = Bounded.Text(reply.From, 64) }, ClubJson.Options);

    private static string Who(SmsEvent.Received reply) =>
        PhoneNumber.Parse(reply.From) is { Succeeded: true } phone ? phone.Value.Masked : "a number that is none";
}
