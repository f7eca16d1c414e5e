using Club.Access;
using Club.Kernel;

namespace Club.Members;

/// <summary>What a member says now; null: nothing of it.</summary>
public sealed record ConsentWish(bool? Sms, bool? Calls);

/// <summary>Keeps what a member says about messages and calls now: she herself by her token, or staff to whom she said it.</summary>
public sealed class ChangeConsent(Profiles profiles, Membership membership)
{
    private const string Herself = "member", Staff = "staff";

    public static Outcome<ConsentWish> Read(JsonFields body)
    {
        var calls = body.Flag("calls");
        var wish = new ConsentWish(body.Flag("sms", required: calls is null), calls);
        return body.Problem is { } problem ? problem : wish;
    }

    /// <summary>The same of messages alone.</summary>
    public Task<Outcome<Consents>> Handle(MemberId memberId, bool sms, Caller caller, CancellationToken cancellation) =>
        Handle(memberId, new ConsentWish(sms, null), caller, cancellation);

    /// <summary>Her own word takes back a refusal that she made by a reply; what staff were told does not.</summary>
    public async Task<Outcome<Consents>> Handle(MemberId memberId, ConsentWish wish, Caller caller, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { IsMasked: false, Profile: var seen })
            return Problem.NotFound($"Member \"{memberId}\"");
        return await profiles.Change(seen.MemberId, Outcome<Consents> (draft) =>
        {
            if (draft.Before is not { IsPersonal: true } before) return Problem.NotFound($"Member \"{memberId}\"");
            var (source, after) = (caller.Member is null ? Staff : Herself, before.Consents);
            if (wish.Sms is { } sms && sms != after.Sms)
                after = caller.Member is null ? after.AfterForm(new ConsentAct(sms, draft.Now, source))
                    : after.AfterReply(new ConsentAct(sms, draft.Now, source));
            if (wish.Calls is { } calls && calls != after.MayCall) after = after.AfterCall(new ConsentAct(calls, draft.Now, source));
            if (after == before.Consents) return after;
            if (after.MayCall != before.Consents.MayCall) draft.Attach(MemberActs.Called(before.MemberId, after.Calls!));
            draft.Become(before with { Consents = after }, source);
            return after;
        }, cancellation);
    }
}
