namespace Club.Docs.Tests.Cost;

/// <summary>How often something happens in a month.</summary>
/// <param name="How">The arithmetic, for the reader.</param>
/// <param name="Swept">A sweep asks once for a page of members; the asking is counted by itself.</param>
internal sealed record Happening(string UseCase, string How, double Times, bool Swept = false)
{
    public double RequestUnits(IReadOnlyDictionary<string, IReadOnlyList<Request>> asked, int physicalPartitions) =>
        RuModel.Of(asked[UseCase], Swept ? 0 : physicalPartitions);
}

/// <summary>A month of a club whose members have ten transactions a year, as docs/cost.md assumes it; from the third year on, when points
/// lapse.</summary>
internal sealed class Month(double members, MemberYear year)
{
    private const double TransactionsPerYear = 10, Redelivered = 0.01, Reversed = 0.02, Parked = 0.02, Rejected = 0.005;
    private const double JoinShare = 0.02, MergeShare = 0.002, QuestionShare = 0.2, StaffShare = 0.1;
    private const int Buckets = 64, HoursInMonth = 730;

    public double Transactions => members * TransactionsPerYear / 12;
    public double Messages => Transactions * (1 + Redelivered + Reversed + Rejected);
    public double Sms => members * year.Sms / 12 + Joiners / 2;

    /// <summary>One message for each bucket: CareTimer every five minutes, PointsTimer hourly, TierTimer four times an hour.</summary>
    public static double WorkMessages => Buckets * (HoursInMonth * 12.0 + HoursInMonth + HoursInMonth * 4);

    /// <summary>A care message sweeps twice, a points message three times, a tier message once.</summary>
    private static double Finds => Buckets * (HoursInMonth * 12.0 * 2 + HoursInMonth * 3 + HoursInMonth * 4);

    private double Joiners => members * JoinShare;

    public IReadOnlyList<Happening> Happenings =>
    [
        new("accrual, by phone", "members × 10 / 12", Transactions),
        new("accrual, redelivered", "1 % of them", Transactions * Redelivered),
        new("accrual, unknown customer: parked", "2 %", Transactions * Parked),
        new("accrual, wrong: rejected", "0.5 %", Transactions * Rejected),
        new("reversal of one line", "2 %", Transactions * Reversed),
        new("points sweep, one due", $"members × {year.Expiries} / 12", members * year.Expiries / 12, Swept: true),
        new("care sweep, one birthday", $"members × {year.CarePlans} / 12", members * year.CarePlans / 12, Swept: true),
        new("SMS sweep, one sent", $"members × {year.Sms} / 12 + welcomes", Sms, Swept: true),
        new("SMS delivery report", "each of them", Sms),
        new("tier sweep, one due", "members / 24", members / 24, Swept: true),
        new("registration, website, new", "1 % of members", Joiners / 2),
        new("registration, WeChat follower", "1 %", Joiners / 2),
        new("registration, follower with two entries merged", "0.2 %", members * MergeShare),
        new("WeChat, asks for points", "20 %", members * QuestionShare),
        new("staff: member", "10 %", members * StaffShare),
        new("staff: account", "10 %", members * StaffShare),
        new("sweep, nothing due in a bucket", "64 × (8760 × 2 + 730 × 3 + 2920)", Finds),
    ];

    public double RequestUnits(IReadOnlyDictionary<string, IReadOnlyList<Request>> asked, int physicalPartitions) =>
        Happenings.Sum(happening => happening.Times * happening.RequestUnits(asked, physicalPartitions));

    /// <summary>What the transactions' keys take of it, at so much each.</summary>
    public double Keys(double each) => Transactions * each;
}
