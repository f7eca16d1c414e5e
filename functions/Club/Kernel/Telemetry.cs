using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Club.Kernel;

/// <summary>The club's traces and metrics, both named <c>Club</c>. No personal data goes into a tag.</summary>
public static class Telemetry
{
    public const string Name = "Club";

    public static readonly ActivitySource Activities = new(Name);
    public static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Accruals = Meter.CreateCounter<long>("club.accruals", description: "Transactions booked.");
    public static readonly Counter<long> Duplicates = Meter.CreateCounter<long>("club.duplicates",
        description: "Deliveries that were booked before.");
    public static readonly Counter<long> Parked = Meter.CreateCounter<long>("club.parked",
        description: "Transactions kept for an unknown customer.");
    public static readonly Counter<long> Rejections = Meter.CreateCounter<long>("club.rejections",
        description: "Messages refused, by code.");
    public static readonly Counter<long> Refusals = Meter.CreateCounter<long>("club.refusals",
        description: "Calls that did not prove who they are, or were too many, by code.");
    public static readonly Counter<long> ComplaintsOverdue = Meter.CreateCounter<long>("club.complaints.overdue",
        description: "Reminders of complaints that were to be solved by now.");
    public static readonly Counter<long> Conflicts = Meter.CreateCounter<long>("club.conflicts",
        description: "Commits that met another writer.");
    public static readonly Counter<long> Registrations = Meter.CreateCounter<long>("club.registrations",
        description: "New members, by source.");
    public static readonly Counter<long> SweptMembers = Meter.CreateCounter<long>("club.sweep.members",
        description: "Members handled by sweeps, by sweep and result.");
    public static readonly Counter<long> Sms = Meter.CreateCounter<long>("club.sms", description: "Care messages, by state.");
}
