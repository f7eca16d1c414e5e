using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Dealers;

/// <summary>What a dealer can do.</summary>
[JsonConverter(typeof(CamelCaseEnum<Capability>))]
public enum Capability { Sales, FullAfterSales, BodyAndPaint, Rescue, Charging, UsedVehicles }

/// <summary>A place on the map, as maps in mainland China give it (GCJ-02), in degrees.</summary>
public sealed record Place(
    [property: JsonConverter(typeof(PlainNumberConverter))] decimal Latitude,
    [property: JsonConverter(typeof(PlainNumberConverter))] decimal Longitude);

/// <summary>That a dealer closes, and where its members go.</summary>
/// <param name="On">From this day on it is closed.</param>
/// <param name="Into">The dealer that takes its members over; null: they belong to headquarters alone.</param>
/// <param name="DoneAt">When the last member was moved; null: some may still be there.</param>
/// <param name="IsChecked">Whether somebody looked again the day after: whoever joined by an old picture is moved too.</param>
public sealed record DealerClosing(DateOnly On, DealerId? Into, string Reason, string Author, DateTimeOffset At,
    DateTimeOffset? DoneAt = null, bool? IsChecked = null)
{
    /// <summary>The day from which there is something to do about its members; null: nothing any more.</summary>
    [JsonIgnore]
    public DateOnly? Due => IsChecked is true ? null : DoneAt is { } done ? DateOnly.FromDateTime(done.DateTime).AddDays(1) : On;

    /// <summary>Whether the same was decided, whoever did and when.</summary>
    public bool Says(DateOnly on, DealerId? into) => On == on && Into == into;
}

/// <summary>
/// A dealer at work 经销商: how it is found and reached, what it can do, since when, until when. Which dealers there are, in which region
/// and with which branch is the rule book's to say; of a dealer that it does not list the region is told here.
/// </summary>
public sealed record Dealership : IStored<Dealership>
{
    public const string Id = "dealer", CodeIndex = "dealership", ClosedIndex = "dealerClosed";

    public required DealerId Code { get; init; }
    public string? Name { get; init; }

    /// <summary>Only of a dealer that the rule book does not list.</summary>
    public string? Region { get; init; }
    public string? City { get; init; }
    public string? Address { get; init; }

    /// <summary>The dealer's own, nobody's in person.</summary>
    public string? Phone { get; init; }
    public Place? Location { get; init; }
    public IReadOnlyList<Capability> Capabilities { get; init; } = [];

    /// <summary>From this day on it is open; null: it always was.</summary>
    public DateOnly? OpenedOn { get; init; }
    public DealerClosing? Closing { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }

    public static string PartitionOf(DealerId code) => $"dealer:{code}";

    public bool IsClosed(DateOnly on) => Closing is { } closing && closing.On <= on;

    static string IStored<Dealership>.DocumentType => Id;
    static JsonTypeInfo<Dealership> IStored<Dealership>.JsonType => DealersDocuments.Default.Dealership;
    [JsonIgnore] public string DocumentId => Id;

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var keys = new List<IndexKey>(3) { new(CodeIndex, Code) };
            if (Closing is not { } closing) return new IndexKeys(keys);
            keys.Add(new IndexKey(ClosedIndex, IndexKeys.Date(closing.On)));
            if (closing.Due is { } due) keys.Add(new IndexKey(DueIndex.Finish, IndexKeys.Date(due)));
            return new IndexKeys(keys, Ids.Bucket(PartitionOf(Code)));
        }
    }
}
