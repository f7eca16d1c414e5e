using System.Reflection;
using Functions.Local.Catalogue;
using Functions.Local.Hosting;
using Microsoft.Azure.Functions.Worker;
using NCrontab;

namespace Functions.Local.Timers;

/// <summary>One run of a timer function.</summary>
internal sealed record TimerOccasion(TimerInfo Info, CancellationToken Cancellation);

/// <summary>A function that runs on an NCRONTAB schedule.</summary>
internal sealed class TimerFunction
{
    private readonly CrontabSchedule _schedule;

    private TimerFunction(BoundFunction<TimerOccasion> function, CrontabSchedule schedule, TimerTriggerAttribute trigger) =>
        (Function, _schedule, IsMonitored, RunsOnStart) = (function, schedule, trigger.UseMonitor, trigger.RunOnStartup);

    public string Name => Function.Name;
    public bool IsMonitored { get; }
    public bool RunsOnStart { get; }
    internal BoundFunction<TimerOccasion> Function { get; }

    public static TimerFunction Of(FunctionMethod method, ParameterInfo trigger, TimerTriggerAttribute attribute, IConfiguration settings)
    {
        Binding.RequireNoResult(method);
        var parameters = method.Parameters.Select(p => Parameter(method, p, trigger)).ToArray();
        var text = Binding.Resolve(method, attribute.Schedule, settings);
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        var schedule = CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 })
            ?? throw new StartException(
                $"{method} has the schedule '{text}', which is no NCRONTAB expression (second minute hour day month weekday).");
        return new TimerFunction(new(method, parameters), schedule, attribute);
    }

    /// <summary>The first occurrence after a moment, both UTC.</summary>
    public DateTime Next(DateTime afterUtc) => DateTime.SpecifyKind(_schedule.GetNextOccurrence(afterUtc), DateTimeKind.Utc);

    private static Func<TimerOccasion, object?> Parameter(FunctionMethod method, ParameterInfo parameter, ParameterInfo trigger)
    {
        if (parameter.ParameterType == typeof(TimerInfo) && parameter == trigger) return static occasion => occasion.Info;
        if (parameter.ParameterType == typeof(CancellationToken)) return static occasion => occasion.Cancellation;
        throw Binding.Unsupported(method, parameter, "a TimerTrigger binds TimerInfo, and beside it CancellationToken");
    }
}
