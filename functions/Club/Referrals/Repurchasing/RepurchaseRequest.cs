using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Members;

namespace Club.Referrals;

/// <summary>What came of asking her.</summary>
/// <param name="NextOn">When she is to be asked again; null: after the days that the rule book says.</param>
/// <param name="IsLost">She does not want one: it ends here.</param>
public sealed record RepurchaseRequest(string Note, DateOnly? NextOn, bool IsLost)
{
    private const int Longest = 1000;

    public static Outcome<RepurchaseRequest> Read(JsonFields body)
    {
        var request = new RepurchaseRequest(body.Text("note", maximum: Longest) ?? "", body.Date("nextOn", required: false),
            body.Flag("lost") is true);
        if (request is { IsLost: true, NextOn: not null }) body.Fail("nextOn", "does not go with lost");
        return body.Problem is { } problem ? problem : request;
    }
}

/// <summary>The vehicle that she has.</summary>
/// <param name="Vin">Masked.</param>
/// <param name="Months">How old it is, in full months since its purchase.</param>
public sealed record RepurchaseVehicle(string Vin, string? Model, DateOnly PurchasedOn, int Months);

/// <summary>A repurchase as those who follow it up see it.</summary>
/// <param name="Name">Null where the member is not the caller's to see.</param>
/// <param name="MayCall">Whether she may be called about it; false where she is not the caller's to see.</param>
/// <param name="ValueClass">Her class by spend when it began; null: it was not known.</param>
/// <param name="NextOn">When she is to be asked next; null once it has ended.</param>
/// <param name="Reason">Why it is lost, or why nothing was rewarded: a code.</param>
public sealed record RepurchaseView(string RepurchaseId, MemberId MemberId, string? Name, bool MayCall, DealerId? DealerId,
    RepurchaseVehicle Vehicle, string? ValueClass, RepurchaseState State, DateOnly Since, DateOnly Until, DateOnly? NextOn,
    DateTimeOffset? DecidedAt, string? Reason, IReadOnlyList<RepurchaseStep> FollowUps) : IOfMember
{
    /// <param name="member">Null: she is not the caller's to see.</param>
    public static RepurchaseView Of(Repurchase one, Profile? member, DateOnly today) => new(one.Id, one.MemberId,
        member is null ? null : member.Name ?? member.CardNumber, member is { Phone: not null, Consents.MayCall: true }, one.DealerId,
        new RepurchaseVehicle(Masks.Vin(one.Vin), one.Model, one.PurchasedOn, Age(one.PurchasedOn, today)), one.ValueClass, one.State,
        one.Since, one.Until, one.State == RepurchaseState.Open ? one.On : null, one.DecidedAt, one.Reason, one.Steps);

    private static int Age(DateOnly bought, DateOnly today)
    {
        var months = ((today.Year - bought.Year) * 12) + today.Month - bought.Month;
        return months > 0 && Kernel.Months.After(bought, months) > today ? months - 1 : months;
    }
}

/// <summary>How asking owners went at one dealer, or at all.</summary>
/// <param name="DealerId">Null: headquarters, or all of them.</param>
/// <param name="Asked">How many began within the months.</param>
/// <param name="Rate">Won of asked, from 0 to 1; null: nobody was asked.</param>
public sealed record RepurchaseCount(DealerId? DealerId, int Asked, int Open, int Won, int Lost, int Lapsed, decimal? Rate)
{
    public static RepurchaseCount Of(DealerId? dealer, IReadOnlyCollection<RepurchaseState> states)
    {
        int Count(RepurchaseState state) => states.Count(one => one == state);
        var won = Count(RepurchaseState.Won);
        return new RepurchaseCount(dealer, states.Count, Count(RepurchaseState.Open), won, Count(RepurchaseState.Lost),
            Count(RepurchaseState.Lapsed), states.Count == 0 ? null : Math.Round((decimal)won / states.Count, 4));
    }
}

/// <summary>How many of those who were asked within some months have bought, by the dealer who follows them up.</summary>
/// <param name="From">The first month, <c>yyyy-MM</c>; <paramref name="To"/> the last.</param>
public sealed record RepurchaseConversion(string From, string To, RepurchaseCount All, IReadOnlyList<RepurchaseCount> Dealers);
