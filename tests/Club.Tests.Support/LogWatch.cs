using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Club.Tests.Support;

/// <summary>
/// Reads along whatever a club of the tests logs, at any level, and whatever goes into traces and metrics; when the club is put away it
/// fails the test if anything of it tells of a person. So each flow that has a test is watched, those to come as well. The club speaks
/// English and tells members by id, which begins with an M, as no VIN of the tests: a phone, a VIN, an OpenID, an address of mail or any
/// Chinese text (names, plates, addresses, what people say) is somebody's.
/// </summary>
[ProviderAlias(Alias)]
public sealed partial class LogWatch : ILoggerProvider
{
    public const string Alias = "Watch";

    private static readonly ConcurrentDictionary<string, string> Measured = new();
    private static readonly ConcurrentDictionary<string, byte> Known = new();
    private static readonly ActivityListener Activities = Listen();
    private static readonly MeterListener Meters = Measure();
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>What was logged so far.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>What tells of a person in a text; null: nothing does.</summary>
    public static string? Personal(string text) => Telling().Match(text) is { Success: true, Value: var found } ? found : null;

    /// <exception cref="InvalidOperationException">A line, a trace or a metric tells of a person.</exception>
    public void Check()
    {
        foreach (var line in _lines)
        {
            if (Personal(line) is { } found) throw new InvalidOperationException($"Logged: \"{found}\" in: {line}");
            // What has no value is left out of a sentence, or has a word.
            if (line.StartsWith("Club.", StringComparison.Ordinal) && line.Contains("(null)", StringComparison.Ordinal))
                throw new InvalidOperationException($"Logged without a value: {line}");
        }
        if (Measured.FirstOrDefault() is { Key: { } name, Value: var value })
            throw new InvalidOperationException($"In traces or metrics: \"{value}\" as {name}");
        GC.KeepAlive(Activities);
        GC.KeepAlive(Meters);
    }

    public ILogger CreateLogger(string categoryName) => new Pen(categoryName, _lines);

    public void Dispose() { }

    private static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => IsOurs(source.Name),
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = static activity =>
            {
                Note(activity.Source.Name, activity.DisplayName);
                Note(activity.Source.Name, activity.StatusDescription);
                foreach (var (key, value) in activity.TagObjects) Note($"{activity.DisplayName} {key}", value);
                foreach (var happened in activity.Events)
                    foreach (var (key, value) in happened.Tags) Note($"{activity.DisplayName} {happened.Name} {key}", value);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static MeterListener Measure()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, me) => { if (IsOurs(instrument.Meter.Name)) me.EnableMeasurementEvents(instrument); },
        };
        listener.SetMeasurementEventCallback<long>(static (instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<int>(static (instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<double>(static (instrument, _, tags, _) => Note(instrument, tags));
        listener.Start();
        return listener;
    }

    private static bool IsOurs(string name) => name.StartsWith("Club", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Functions.Local", StringComparison.Ordinal);

    private static void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (key, value) in tags) Note($"{instrument.Name} {key}", value);
    }

    /// <summary>A value that was looked at is not looked at again: there are few.</summary>
    private static void Note(string name, object? value)
    {
        if (value?.ToString() is not { Length: > 0 } text || !Known.TryAdd($"{name}={text}", 0)) return;
        if (Personal(text) is { } found) Measured[name] = found;
    }

    [GeneratedRegex("""
        (?<![0-9A-Za-z])(?:\+?86)?1[3-9][0-9]{9}(?![0-9A-Za-z])
        |(?<![0-9A-Za-z])(?!M)(?i:[A-HJ-NPR-Z0-9]{12})[0-9]{5}(?![0-9A-Za-z])
        |(?<![0-9A-Za-z_-])o[A-Za-z0-9_-]{27}(?![0-9A-Za-z_-])
        |[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]{2,}
        |[\u3400-\u9fff]+
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Telling();

    private sealed class Pen(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            // What frameworks say around a line is kept by no sink of ours.
            if (IsOurs(category)) Write(state);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            lines.Enqueue($"{category}: {formatter(state, exception)}");
            Write(state);
            if (exception is not null) lines.Enqueue($"{category}: {exception}");
        }

        /// <summary>What is written beside the text, where a sink keeps it.</summary>
        private void Write<TState>(TState state)
        {
            if (state is not IEnumerable<KeyValuePair<string, object?>> members) return;
            foreach (var (name, value) in members) lines.Enqueue($"{category} {name}: {value}");
        }
    }
}
