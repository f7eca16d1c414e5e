using Club.Access;
using Club.Kernel;

namespace Club.Members;

/// <summary>Keeps what a member says about messages now: she herself by her token, or staff to whom she said it.</summary>
public sealed class ChangeConsent(Profiles profiles, Membership membership)
{
    private const string Herself = "member", Staff = "staff";

    public static Outcome<bool> Read(JsonFields body)
    {
        var sms = body.Flag("sms", required: true);
        return body.Problem is { } problem ? problem : sms!.Value;
    }

    /// <summary>Her own word takes back a refusal that she made by a reply; what staff were told does not.</summary>
    public async Task<Outcome<Consents>> Handle(MemberId memberId, bool sms, Caller caller, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { IsMasked: false, Profile: var seen })
            return Problem.NotFound($"Member \"{memberId}\"");
        return await profiles.Change(seen.MemberId, Outcome<Consents> (draft) =>
        {
            if (draft.Before is not { IsPersonal: true } before) return Problem.NotFound($"Member \"{memberId}\"");
            if (before.Consents.Sms == sms) return before.Consents;
            var after = caller.Member is null ? before.Consents.AfterForm(new ConsentAct(sms, draft.Now, Staff))
                : before.Consents.AfterReply(new ConsentAct(sms, draft.Now, Herself));
            draft.Become(before with { Consents = after }, caller.Member is null ? Staff : Herself);
            return after;
        }, cancellation);
    }
}
