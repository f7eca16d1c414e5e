using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Access;
using Club.Kernel;
using Club.Store;

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

/// <param name="Content">As it was written, but for numbers by which persons are known; at most 64 KiB of it.</param>
public sealed record DeadLetterContent(DeadLetter Letter, string Content)
{
    internal static DeadLetterContent Of(string queue, DeadMessage dead) => new(DeadLetter.Of(queue, dead), LogMask.Of(
        dead.Body.Length <= Limits.Body ? dead.Body : dead.Body[..Limits.Body]));
}

/// <summary>A message that somebody gave up for good, and why; of its content nothing is kept.</summary>
public sealed record DroppedLetter : IStored<DroppedLetter>
{
    public const string Id = "droppedLetter", WhenIndex = "droppedLetter";

    public required DeadLetter Letter { get; init; }
    public required string Reason { get; init; }
    public required ActingPerson By { get; init; }
    public required DateTimeOffset At { get; init; }

    public static string PartitionOf(DeadLetter letter) =>
        $"deadLetter:{letter.Id}:{letter.EnqueuedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)}";

    static string IStored<DroppedLetter>.DocumentType => Id;
    static JsonTypeInfo<DroppedLetter> IStored<DroppedLetter>.JsonType => RunningDocuments.Default.DroppedLetter;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => new([new IndexKey(WhenIndex, IndexKeys.Latest(At))]);
}

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(DroppedLetter))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class RunningDocuments : JsonSerializerContext;

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
