using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Store;

namespace Club.Outgoing;

/// <summary>
/// How far a subscription was told, and who tells it just now. Whoever delivers replaces it with every commit: a host that has lost its
/// lease, or a subscription that was deleted, meets a conflict and changes nothing more.
/// </summary>
public sealed record Cursor : IStored<Cursor>
{
    public const string Id = "cursor";

    /// <summary>Where the feed is read on; null: from the beginning.</summary>
    public string? Position { get; init; }

    /// <summary>When the latest was recorded of what lies before the position; null: nothing was read.</summary>
    public DateTimeOffset? SeenTo { get; init; }

    /// <summary>Only what was recorded from this moment on is sent; null: everything from the position on.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The ids of events beyond the position that are dealt with already.</summary>
    public IReadOnlyList<string> Ahead { get; init; } = [];

    /// <summary>Since when nothing was taken; null: the latest delivery was.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>How often in a row it was given up to send anything for a while.</summary>
    public int Pauses { get; init; }

    /// <summary>Until then nothing is sent.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>The host that delivers just now; null: none.</summary>
    public string? Holder { get; init; }

    /// <summary>When another host may take over.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>How many lines the log has had so far.</summary>
    public long Lines { get; init; }

    /// <summary>How many lines the log of failures has had so far.</summary>
    public long Failures { get; init; }

    /// <summary>Sends again what was recorded from a moment on. What the cursor has not come to yet is sent anyway, and stays so.</summary>
    /// <param name="position">From where on everything of that moment and later is told; null: from the beginning.</param>
    public Cursor Back(DateTimeOffset from, string? position)
    {
        if (from >= SeenTo) return Since > from ? this with { Since = from } : this;
        // A first reading, or another replay, that has not begun is not to begin later.
        if (SeenTo is null && Since <= from) return this;
        return this with { Position = position, SeenTo = null, Since = from, Ahead = [] };
    }

    static string IStored<Cursor>.DocumentType => "eventCursor";
    static JsonTypeInfo<Cursor> IStored<Cursor>.JsonType => OutgoingDocuments.Default.Cursor;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => new([new(Subscription.PartIndex, Id)]);
}
