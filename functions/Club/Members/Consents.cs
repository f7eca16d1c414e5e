using System.Text.Json.Serialization;

namespace Club.Members;

/// <summary>One time a person said yes or no.</summary>
/// <param name="At">When the person said it, not when the club heard of it.</param>
/// <param name="Source">Where it was said: <c>website</c>, <c>reply</c>, <c>staff</c>, …</param>
public sealed record ConsentAct(bool Given, DateTimeOffset At, string Source)
{
    /// <summary>The later of two, whichever arrived first; of two in the same instant, the refusal.</summary>
    public static ConsentAct? Later(ConsentAct? a, ConsentAct? b)
    {
        if (a is null || b is null) return a ?? b;
        if (a.At != b.At) return a.At > b.At ? a : b;
        if (a.Given != b.Given) return a.Given ? b : a;
        return string.CompareOrdinal(a.Source, b.Source) <= 0 ? a : b;
    }
}

/// <summary>
/// What a member agreed to: the last act in a form and the last one by an own message. What is kept does not depend on the order in which
/// acts arrive, nor on the order of merges.
/// </summary>
/// <param name="SmsForm">The last form that said something about text messages.</param>
/// <param name="SmsReply">The last reply to a message that refused or asked for them; staff who read a reply stand in for it.</param>
/// <param name="Calls">The last act about calls; null: nothing was said, and her own branch may call.</param>
public sealed record Consents(ConsentAct? SmsForm = null, ConsentAct? SmsReply = null, ConsentAct? Calls = null)
{
    /// <summary>
    /// The act that counts: the later one. But whoever refused by a reply is asked no more: a website sends its forms again and again with
    /// what it knew before, so only a later reply takes a reply back.
    /// </summary>
    [JsonIgnore] public ConsentAct? LastSms => SmsReply is { Given: false } refused ? refused : ConsentAct.Later(SmsForm, SmsReply);

    /// <summary>Agreed to care messages. Null: never asked, and silence is no consent.</summary>
    [JsonIgnore] public bool? Sms => LastSms?.Given;

    /// <summary>Whether she may be called.</summary>
    [JsonIgnore] public bool MayCall => Calls?.Given ?? true;

    public Consents AfterForm(ConsentAct act) => Changed(ConsentAct.Later(SmsForm, act), SmsReply, Calls);

    public Consents AfterReply(ConsentAct act) => Changed(SmsForm, ConsentAct.Later(SmsReply, act), Calls);

    public Consents AfterCall(ConsentAct act) => Changed(SmsForm, SmsReply, ConsentAct.Later(Calls, act));

    /// <summary>The consents of one person who was two members.</summary>
    public Consents Join(Consents other) => Changed(ConsentAct.Later(SmsForm, other.SmsForm),
        ConsentAct.Later(SmsReply, other.SmsReply), ConsentAct.Later(Calls, other.Calls));

    private Consents Changed(ConsentAct? form, ConsentAct? reply, ConsentAct? calls) =>
        form == SmsForm && reply == SmsReply && calls == Calls ? this : new Consents(form, reply, calls);
}
