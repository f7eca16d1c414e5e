using Club.Kernel;
using Club.Programmes;

namespace Club.Ledger;

/// <summary>An end that the member was warned about, or a visit that she was asked for.</summary>
/// <param name="On">The date on which points lapse, the last day of a tier, the last visit, or the day of an insurance.</param>
/// <param name="DaysBefore">Which of the programme's warnings it was.</param>
/// <param name="Points">How many points were to lapse on that date; zero with a tier.</param>
/// <param name="Times">How often: points that become known later are told once more.</param>
public sealed record Announcement(CareOccasion Occasion, DateOnly On, int DaysBefore, Points Points, int Times);
