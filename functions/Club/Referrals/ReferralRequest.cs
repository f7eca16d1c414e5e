using Club.Access;
using Club.Identity;
using Club.Kernel;

namespace Club.Referrals;

/// <summary>Whom a member names who may buy: by phone, by the VIN of the vehicle that is ordered for her, or both.</summary>
public sealed record ReferralRequest(PhoneNumber? Phone, Vin? Vin, string? Name, string? Model)
{
    public static Outcome<ReferralRequest> Read(JsonFields body)
    {
        var (phone, vin) = (Number(body), Vehicle(body));
        var (name, model) = (body.Text("name", required: false, maximum: 64), body.Text("model", required: false, maximum: 64));
        if (phone is null && vin is null && body.Problem is null) body.Fail("phone", "a phone or a vin is expected");
        return body.Problem is { } problem ? problem : new ReferralRequest(phone, vin, name, model);
    }

    private static PhoneNumber? Number(JsonFields body)
    {
        if (body.Text("phone", required: false, maximum: 32) is not { } text) return null;
        var read = PhoneNumber.Parse(text);
        if (read.Succeeded) return read.Value;
        body.Fail("phone", read.Problem!.Message);
        return null;
    }

    private static Vin? Vehicle(JsonFields body)
    {
        if (body.Text("vin", required: false, maximum: 32) is not { } text) return null;
        var read = Identity.Vin.Parse(text);
        if (read.Succeeded) return read.Value;
        body.Fail("vin", read.Problem!.Message);
        return null;
    }
}

/// <summary>A referral as answers tell it.</summary>
/// <param name="Phone">Masked.</param>
/// <param name="Vin">Masked.</param>
/// <param name="BoughtBy">Who bought; not told to the member who named her.</param>
/// <param name="Reason">Why nobody, or one of them, is not rewarded: a code.</param>
public sealed record ReferralView(string ReferralId, MemberId MemberId, DealerId? DealerId, string? Phone, string? Vin, string? Name,
    string? Model, ReferralState State, DateTimeOffset At, DateOnly Until, MemberId? BoughtBy, DateTimeOffset? DecidedAt, string? Reason,
    string Author) : IOfMember
{
    public static ReferralView Of(Referral one, Caller caller, bool isMasked)
    {
        var isHers = caller.Member is not null;
        return new ReferralView(one.Id, one.MemberId, one.DealerId,
            one.Phone is { } phone && PhoneNumber.Parse(phone) is { Succeeded: true, Value: var number } ? number.Masked : null,
            Masks.Vin(one.Vin), isMasked ? Masks.Name(one.Name) : one.Name, one.Model, one.State, one.At, one.Until,
            isHers ? null : one.To, one.DecidedAt, one.Reason, one.Author);
    }
}
