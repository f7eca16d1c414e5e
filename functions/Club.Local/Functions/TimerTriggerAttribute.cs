namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs a function on an NCRONTAB schedule, in UTC.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    public string Schedule { get; } = schedule;

    /// <summary>Runs are remembered, so that one missed while the host was down fires once when it starts.</summary>
    public bool UseMonitor { get; set; } = true;

    public bool RunOnStartup { get; set; }
}

public sealed class TimerInfo
{
    /// <summary>Null when the trigger does not monitor its schedule.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    public bool IsPastDue { get; set; }
}

/// <summary>The run before this one, the next one, and when this was noted. All in UTC.</summary>
public sealed class ScheduleStatus
{
    public DateTime Last { get; set; }

    public DateTime Next { get; set; }

    public DateTime LastUpdated { get; set; }
}
