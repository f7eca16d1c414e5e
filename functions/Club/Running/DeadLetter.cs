using System.Globalization;
using System.Text.Json;
using Club.Kernel;

namespace Club.Running;

/// <summary>A message that was given up, as it is shown: its kind and its reason, nothing of its content.</summary>
/// <param name="Type">Of a CloudEvent its type, of the club's own work its sweeps; null for what cannot be read.</param>
/// <param name="Source">Who sent the CloudEvent.</param>
/// <param name="SourceId">Its id there.</param>
public sealed record DeadLetter(string Id, string Queue, string MessageId, DateTimeOffset EnqueuedAt, DateTimeOffset? DiedAt,
    int Deliveries, string Reason, string? Type, string? Source, string? SourceId)
{
    private const int MostCharacters = 300;

    internal static DeadLetter Of(string queue, DeadMessage dead)
    {
        var (type, source, sourceId) = HeadOf(dead.Body);
        return new DeadLetter(new DeadLetterId(queue, dead.Number).ToString(), queue, Shown(dead.MessageId)!, dead.EnqueuedAt, dead.DiedAt,
            dead.Deliveries, Shown(dead.Reason)!, Shown(type), Shown(source), Shown(sourceId));
    }

    private static (string? Type, string? Source, string? Id) HeadOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement is not { ValueKind: JsonValueKind.Object } message) return default;
            return (Text(message, "type") ?? Sweeps(message), Text(message, "source"), Text(message, "id"));
        }
        // Half a character is no text to the library, in the message or in one of its strings.
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or ArgumentException)
        {
            return default;
        }
    }

    private static string? Sweeps(JsonElement message) =>
        message.TryGetProperty("sweeps", out var sweeps) && sweeps.ValueKind == JsonValueKind.Array
            ? string.Join(", ", sweeps.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()))
            : null;

    private static string? Text(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A fault may quote what it met, and a sender may name a message by whom it is about.</summary>
    private static string? Shown(string? text) => text is null ? null
        : LogMask.Of(text.Length <= MostCharacters ? text : text[..MostCharacters]);
}

/// <summary>Which dead letter: <c>transactions-42</c>.</summary>
internal readonly record struct DeadLetterId(string Queue, long Number)
{
    public static DeadLetterId? Parse(string text) =>
        text.LastIndexOf('-') is var dash and > 0 && DeadLetters.Queues.Contains(text[..dash])
            && long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and < long.MaxValue
            ? new DeadLetterId(text[..dash], number) : null;

    public override string ToString() => FormattableString.Invariant($"{Queue}-{Number}");
}
