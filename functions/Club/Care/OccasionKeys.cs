namespace Club.Care;

/// <summary>How messages are named by what they are about: the kind, then what tells one occasion from the next, then the days before
/// it.</summary>
public static class OccasionKeys
{
    public const string Welcome = "welcome", Birthday = "birthday", Anniversary = "anniversary", PointsEnd = "pointsExpiring",
        TierEnds = "tierExpiring", Maintenance = "maintenanceDue", WinBack = "winBack", Insurance = "insuranceEnd", Order = "order",
        Complaint = "complaintFollowUp";

    private const int MostDigits = 3;

    public static string KindOf(string key) => key.IndexOf(':', StringComparison.Ordinal) is > 0 and var end ? key[..end] : key;

    /// <summary>It tells of points or a tier that end.</summary>
    public static bool IsService(string key) => KindOf(key) is PointsEnd or TierEnds;

    /// <summary>A visit, or another insurance, is what it is for.</summary>
    public static bool IsOfVisits(string key) => KindOf(key) is Maintenance or WinBack or Insurance;

    /// <summary>It speaks for the club's sake, so that it has an effect to measure, and can be too much.</summary>
    public static bool IsMarketing(string key) => KindOf(key) is not (PointsEnd or TierEnds or Order or Complaint);

    /// <summary>The occasion without the days before it: several messages may speak of one.</summary>
    public static string WhatOf(string key) => key.LastIndexOf(':') is > 0 and var end && end != key.IndexOf(':', StringComparison.Ordinal)
        && key.Length - end - 1 is > 0 and <= MostDigits && key.AsSpan(end + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? key[..end] : key;
}
