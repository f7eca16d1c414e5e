using System.Text.Json.Serialization;
using Club.Kernel;

namespace Club.Ledger;

/// <summary>What was spent in a calendar month, after returns.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Bills">How many bills are left.</param>
/// <param name="Items">How many lines of them are left.</param>
public sealed record MonthSpend(DateOnly Month, Money Spend, int Bills, int Items);

/// <summary>A day at a dealer's.</summary>
/// <param name="DealerId">Null: none was told.</param>
/// <param name="Bills">How many bills are left; 0: all were returned.</param>
public sealed record VisitDay(DateOnly On, DealerId? DealerId, int Bills);

/// <summary>The class of a member as profile and reports were told it.</summary>
/// <param name="Cell">Value, then loyalty: <c>DA</c> to <c>SC</c>; null: none.</param>
/// <param name="Home">The branch that counted as her own dealer.</param>
/// <param name="Spend">Of the window, as reports were told it.</param>
/// <param name="Since">The business date on which the class began.</param>
/// <param name="Number">1, 2, 3… of each telling.</param>
public sealed record ClassTold(string? Cell, DealerId? Home, Money Spend, DateOnly Since, int Number);

/// <summary>
/// All that classes by spend and visits need of the past. Its size follows from the months of the window, never from the number of bills,
/// and it is the same in whatever order they come: months up to <c>months</c> before the newest, and the newest days.
/// </summary>
/// <param name="Counts">By which terms of the rule book it was summed up.</param>
/// <param name="Months">Ascending.</param>
/// <param name="Days">Ascending, then by dealer.</param>
[JsonConverter(typeof(VisitSumsJson))]
public sealed record VisitSums(string Counts, IReadOnlyList<MonthSpend> Months, IReadOnlyList<VisitDay> Days)
{
    /// <summary>The fingerprint of the terms by which <see cref="DueOn"/> was found; null before the first.</summary>
    public string? By { get; init; }

    /// <summary>The date on which a sweep must look; null: nothing changes with time.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Nobody is told any more: the person is forgotten.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Null: nobody was told yet.</summary>
    public ClassTold? Told { get; init; }

    /// <summary>Whether the same was summed up, whoever was told of it.</summary>
    public bool SumsAs(VisitSums other) => Counts == other.Counts && Months.SequenceEqual(other.Months) && Days.SequenceEqual(other.Days);
}
