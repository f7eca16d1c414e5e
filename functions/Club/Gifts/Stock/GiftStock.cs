using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Gifts;

/// <summary>How many pieces of a gift ever came in, and how many went out otherwise than by orders. What came in only grows: what goes
/// out is
/// promised like what is ordered, so that no piece does both.</summary>
public sealed record GiftStock : IStored<GiftStock>
{
    public const string Id = "stock";
    private const int MostChanges = 50;

    public required string Code { get; init; }
    public long Added { get; init; }
    public long Removed { get; init; }

    /// <summary>What is being taken out at this moment, or was when a host ended.</summary>
    public IReadOnlyList<StockWithdrawal> Open { get; init; } = [];

    /// <summary>The latest changes, newest first.</summary>
    public IReadOnlyList<StockChange> Changes { get; init; } = [];

    [JsonIgnore] public long Total => Added - Removed;

    /// <summary>The allotment out of which orders are promised theirs.</summary>
    public static string AllotmentOf(string code) => $"gift:{code}";

    public GiftStock With(StockChange change) => this with
    {
        Added = change.Change > 0 ? Added + change.Change : Added,
        Removed = change.Change < 0 ? Removed - change.Change : Removed,
        Changes = [change, .. Changes.Take(MostChanges - 1)],
    };

    /// <summary>The stock without a withdrawal that is over.</summary>
    public GiftStock Without(string cause) => this with { Open = [.. Open.Where(one => one.Cause != cause)] };

    static string IStored<GiftStock>.DocumentType => Id;
    static JsonTypeInfo<GiftStock> IStored<GiftStock>.JsonType => GiftsDocuments.Default.GiftStock;
    [JsonIgnore] public string DocumentId => Id;

    [JsonIgnore]
    public IndexKeys Index => Open.Count == 0 ? IndexKeys.None : new([new(DueIndex.Finish,
        IndexKeys.Date(DateOnly.FromDateTime(Open.Min(one => one.Since).DateTime)))], Ids.Bucket(Gift.PartitionOf(Code)));
}

/// <summary>Pieces that are being taken out of the stock.</summary>
/// <param name="Cause">Under which they are promised.</param>
/// <param name="IsOff">It is being undone: nobody goes on with it.</param>
public sealed record StockWithdrawal(string Cause, long Amount, DateTimeOffset Since, bool? IsOff = null);

/// <param name="Change">Below zero for what went out.</param>
public sealed record StockChange(DateTimeOffset At, long Change, string Reason, string Author);

/// <summary>What somebody wants to change of a stock.</summary>
public sealed record StockRequest(long Change, string Reason)
{
    private const int Most = 100_000_000;

    public static Outcome<StockRequest> Read(JsonFields body)
    {
        var (change, reason) = (body.Whole("change"), body.Reason());
        if (change is 0 or < -Most or > Most) body.Fail("change", $"a whole number other than 0, from -{Most} to {Most}, is expected");
        return body.Problem is { } problem ? problem : new StockRequest(change!.Value, reason!);
    }
}
