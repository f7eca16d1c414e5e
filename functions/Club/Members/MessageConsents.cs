using Club.Kernel;
using Club.Ledger;

namespace Club.Members;

/// <summary>Where a consent by message came from.</summary>
public static class ConsentSource
{
    public const string Reply = "reply";

    /// <summary>Staff read the reply.</summary>
    public const string Staff = "staff";

    /// <summary>Written to the WeChat account.</summary>
    public const string WeChat = "wechat";
}

/// <summary>Takes what members themselves write about text messages.</summary>
public sealed class MessageConsents(Profiles profiles)
{
    /// <summary>The consent changes as of the moment at which it was written. What came late, or twice, changes nothing.</summary>
    /// <param name="key">What the message is known by: the same for every delivery of it.</param>
    /// <returns>False when the member has no profile.</returns>
    public Task<bool> Take(MemberId memberId, ConsentAct act, string key, CancellationToken cancellation) =>
        profiles.Change(memberId, draft =>
    {
        if (draft.Before is not { } before) return false;
        var (consents, happened) = (before.Consents.AfterReply(act), Changed(draft.MemberId, act, key));
        if (consents == before.Consents || draft.Met(happened.Id)) return true;
        draft.Become(before with { Consents = consents }, act.Source, isConsentTold: true);
        draft.Attach(happened);
        return true;
    }, cancellation);

    private static MemberEvent Changed(MemberId memberId, ConsentAct act, string key) => new()
    {
        Id = Ids.Derived("v", "sms-reply", act.Source, key, act.Given ? "yes" : "no"),
        MemberId = memberId,
        Kind = MemberEventKind.ConsentChanged,
        At = act.At,
        To = act.Given ? "sms" : "no-sms",
        Reason = act.Source,
    };
}
