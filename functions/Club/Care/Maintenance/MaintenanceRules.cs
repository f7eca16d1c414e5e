using Club.Ledger;
using Club.Programmes;
using Club.Value;

namespace Club.Care;

/// <summary>When maintenance is due, and why then.</summary>
/// <param name="Standing">Her visits, which tell the day by date.</param>
/// <param name="ByOdometer">Null: the rule book names no kilometres, or her readings do not tell.</param>
public sealed record MaintenanceDate(Standing Standing, MileageForecast? ByOdometer)
{
    /// <summary>Whichever comes first.</summary>
    public DateOnly ExpectedBy => ByOdometer is { } driven && driven.On < Standing.ExpectedBy ? driven.On : Standing.ExpectedBy;
}

/// <summary>When a member is expected for maintenance: by date, as her visits say, or by the odometer of her car. Pure.</summary>
public static class MaintenanceRules
{
    /// <returns>Null for whoever was not here yet, and by a rule book that sums up no visits.</returns>
    public static MaintenanceDate? Due(Programme programme, Account account, CareMessage message) =>
        AccountCare.StandingOf(programme, account) is not { } standing ? null
            : new MaintenanceDate(standing, message.Kilometres is { } kilometres
                ? MileageRules.Of(account.Driven, kilometres, standing.LastVisit) : null);

    /// <summary>By the message of the care plan that knows most of it; null when the care plan has none.</summary>
    public static MaintenanceDate? Due(Programme programme, Account account)
    {
        var messages = programme.Care.Where(one => one.Occasion == CareOccasion.MaintenanceDue).ToArray();
        return (messages.FirstOrDefault(one => one.Kilometres is not null) ?? messages.FirstOrDefault()) is { } message
            ? Due(programme, account, message) : null;
    }
}
