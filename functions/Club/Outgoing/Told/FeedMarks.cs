using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Store;

namespace Club.Outgoing;

/// <summary>How far the feed had come at a moment.</summary>
/// <param name="At">Whatever lies before the position was recorded before this moment.</param>
public sealed record FeedMark(DateTimeOffset At, string Position);

/// <summary>
/// Moments of the feed, at most one an hour and not many altogether, so that a replay need not begin at the very beginning. They are a
/// help: where one is missing, more is read.
/// </summary>
public sealed record FeedMarks : IStored<FeedMarks>
{
    public const string Id = "feedMarks", Partition = "feedMarks";
    private const int Most = 1000;

    /// <summary>Clocks of hosts differ by less.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Apart = TimeSpan.FromHours(1);

    /// <summary>By their moments.</summary>
    public IReadOnlyList<FeedMark> Marks { get; init; } = [];

    /// <summary>Whether another mark is worth keeping.</summary>
    public bool Wants(DateTimeOffset now) => Marks.Count == 0 || Marks[^1].At + Apart <= now;

    /// <summary>Of too many every second of the older half goes.</summary>
    public FeedMarks With(FeedMark mark)
    {
        FeedMark[] marks = [.. Marks, mark];
        return this with
        {
            Marks = marks.Length <= Most ? marks : [.. marks.Where((_, index) => index >= Most / 2 || index % 2 == 0)],
        };
    }

    /// <summary>The latest after which everything comes that was recorded from a moment on; null: the beginning.</summary>
    public FeedMark? Before(DateTimeOffset from) => Marks.LastOrDefault(mark => mark.At + Skew <= from);

    static string IStored<FeedMarks>.DocumentType => Id;
    static JsonTypeInfo<FeedMarks> IStored<FeedMarks>.JsonType => OutgoingDocuments.Default.FeedMarks;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
