namespace Club.Ledger;

/// <summary>What the odometer of a vehicle showed when it came.</summary>
/// <param name="EntryId">The bill's, by which the reading goes when the bill turns out to be false.</param>
/// <param name="IsDoubted">It does not go with the others, so nothing is measured by it.</param>
public sealed record OdometerReading(string EntryId, DateOnly On, int Kilometres, bool IsDoubted = false);

/// <summary>The latest readings of one vehicle that came with a member's bills.</summary>
/// <param name="Vehicle">What tells it from her others; nobody reads a VIN from it.</param>
/// <param name="Readings">Ascending by day, then by kilometres.</param>
public sealed record DrivenVehicle(string Vehicle, IReadOnlyList<OdometerReading> Readings);
