namespace Club.Programmes;

/// <summary>What about a bill gives cause for doubt.</summary>
public enum CheckKind
{
    /// <summary>The odometer shows less than it did, or more than it does later.</summary>
    OdometerFalls,

    /// <summary>The vehicle was at another dealer on the same day.</summary>
    VehicleElsewhere,

    /// <summary>No line is of the categories that such a bill has.</summary>
    LinesMissing,

    /// <summary>More bills for one vehicle in so many days than anybody needs.</summary>
    VehicleBurst,

    /// <summary>A dealer has many times more bills on a day than it usually has.</summary>
    DealerBurst,

    /// <summary>Members who named each other, one the next, until the last names the first.</summary>
    ReferralCircle,
}

/// <summary>What is done about a bill in doubt, the mildest first.</summary>
public enum CheckSeverity
{
    /// <summary>It is listed.</summary>
    Note,

    /// <summary>Its points wait until somebody has looked at it.</summary>
    Hold,

    /// <summary>It is not booked until somebody has looked at it.</summary>
    Refuse,
}

/// <summary>A check of bills against fraud 假单, made before they are booked.</summary>
public sealed record FraudCheck(string Id, CheckKind Kind, CheckSeverity Severity)
{
    /// <summary>One of these is expected, for <see cref="CheckKind.LinesMissing"/>; bills with one of these are counted, or all where there
    /// is none, for <see cref="CheckKind.DealerBurst"/>.</summary>
    public IReadOnlyList<string> AnyOf { get; init; } = [];

    /// <summary>Unless one of these is there.</summary>
    public IReadOnlyList<string> Unless { get; init; } = [];

    /// <summary>The most bills of a vehicle in <see cref="Days"/>, for <see cref="CheckKind.VehicleBurst"/>; so many bills of a dealer's day
    /// as are never too many, for <see cref="CheckKind.DealerBurst"/>; the most members of a circle that is looked for, for
    /// <see cref="CheckKind.ReferralCircle"/>.</summary>
    public int Most { get; init; }

    /// <summary>1: on one day. For <see cref="CheckKind.DealerBurst"/>, in how many days before it is seen what is usual.</summary>
    public int Days { get; init; } = 1;

    /// <summary>So many times what is usual is too many, for <see cref="CheckKind.DealerBurst"/>.</summary>
    public int Times { get; init; }

    /// <summary>Whether it looks at what else is known of the vehicle.</summary>
    public bool AsksVehicle => Kind is CheckKind.OdometerFalls or CheckKind.VehicleElsewhere or CheckKind.VehicleBurst;
}
