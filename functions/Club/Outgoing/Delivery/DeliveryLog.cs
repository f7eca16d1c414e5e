using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Store;

namespace Club.Outgoing;

/// <summary>One attempt, and what the receiver answered.</summary>
/// <param name="Status">Its status; 0: it did not answer.</param>
/// <param name="Error">Why there was no answer; null: there was one.</param>
public sealed record DeliveryLine(DateTimeOffset At, string EventId, string Type, string Member, int Status, string? Error,
    int Milliseconds,
    int Attempt)
{
    [JsonIgnore] public bool IsTaken => DeliveryRules.IsTaken(Status);
}

/// <summary>
/// A part of the list of deliveries: the latest lines lie in a ring of documents, so that the list has an end. One ring has all, another
/// the
/// failures.
/// </summary>
public sealed record DeliveryLog : IStored<DeliveryLog>
{
    /// <summary>Lines of one document, at most.</summary>
    public const int Most = 400;

    /// <summary>Documents of a ring: all but one are full once it has gone round.</summary>
    public const int Parts = 4;

    public required bool IsOfFailures { get; init; }
    public required int Part { get; init; }

    /// <summary>The number of its first line among all that there ever were.</summary>
    public required long First { get; init; }

    /// <summary>The oldest first.</summary>
    public required IReadOnlyList<DeliveryLine> Lines { get; init; }

    public static int PartOf(long line) => (int)(line / Most % Parts);

    public static string IdOf(bool isOfFailures, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"{(isOfFailures ? "failures" : "deliveries")}:{part}");

    static string IStored<DeliveryLog>.DocumentType => "deliveryLog";
    static JsonTypeInfo<DeliveryLog> IStored<DeliveryLog>.JsonType => OutgoingDocuments.Default.DeliveryLog;
    [JsonIgnore] public string DocumentId => IdOf(IsOfFailures, Part);
    [JsonIgnore] public IndexKeys Index => new([new(Subscription.PartIndex, DocumentId)]);
}
