using Club.Access;
using Club.Kernel;

namespace Club.Activities;

/// <summary>What an activity may cost, and did, as answers tell it.</summary>
public sealed record BudgetView(Money Asked, string? RequestedBy, DateTimeOffset? RequestedAt, string? DecidedBy,
    DateTimeOffset? DecidedAt, string? Refusal, Money? Spent)
{
    public static BudgetView Of(ActivityBudget one) => new(one.Asked, one.By?.Name, one.RequestedAt, one.DecidedBy?.Name, one.DecidedAt,
        one.Refusal, one.Spent);
}

/// <summary>An activity as answers tell it.</summary>
/// <param name="Scene">What the QR code at the door says; null for whoever lets nobody in.</param>
public sealed record ActivityView(string Code, string Name, string? Kind, string? Place, string? Description, DealerId? DealerId,
    DateTimeOffset From, DateTimeOffset Until, DateTimeOffset SignUpUntil, int? Places, int GuestsPerMember, ActivityState State,
    BudgetView Budget, string? Scene, string? Reason, DateTimeOffset ChangedAt, string Author)
{
    public static ActivityView Of(ClubActivity one, Caller caller) => new(one.Code, one.Name, one.Kind, one.Place, one.Description,
        one.DealerId, one.From, one.Until, one.SignUpUntil, one.Places, one.GuestsPerMember, one.State, BudgetView.Of(one.Budget),
        caller.Roles.Any(role => Rights.Has(role, Right.CheckIn) || Rights.Has(role, Right.PlanActivities)) ? one.Scene : null, one.Reason,
        one.ChangedAt, one.Author);
}

/// <summary>What came of an activity so far.</summary>
/// <param name="Invited">Members to whom an invitation goes out, or went.</param>
/// <param name="NotInvited">Members who were chosen and not written to.</param>
/// <param name="SignedUp">Members who are expected still.</param>
/// <param name="Attended">Members who were there.</param>
/// <param name="Guests">Whom they brought.</param>
/// <param name="Left">Places that nobody has; null: nobody counts them.</param>
/// <param name="Rating">The mean, to hundredths; null: nobody said.</param>
/// <param name="CostPerHead">What was spent for each who was there, guests included; null while either is not known.</param>
public sealed record ActivityReport(int Invited, int NotInvited, int SignedUp, int Cancelled, int Attended, int Guests, long? Left,
    int Ratings, decimal? Rating, IReadOnlyList<Earned> Points, Money? CostPerHead);

/// <summary>One activity with what came of it.</summary>
/// <param name="Photos">Their names.</param>
public sealed record ActivityWithReport(ActivityView Activity, ActivityReport Report, IReadOnlyList<string> Photos);
