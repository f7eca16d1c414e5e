using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Club.Store;

/// <summary>How much of something that many share is promised here.</summary>
public sealed record AllotmentState : IStored<AllotmentState>
{
    public const string Id = "allotment";

    /// <summary>With shards, of the whole: what they have leased.</summary>
    public long Used { get; init; }

    /// <summary>Of a shard: what it may promise in all.</summary>
    public long Quota { get; init; }

    /// <summary>Of a shard: how often it took from the whole; names the next lease.</summary>
    public int Leases { get; init; }

    static string IStored<AllotmentState>.DocumentType => Id;
    static JsonTypeInfo<AllotmentState> IStored<AllotmentState>.JsonType => StoreDocuments.Default.AllotmentState;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}

/// <summary>What was promised to one cause. Its id follows from the cause, so that a second try finds it.</summary>
public sealed record Promise : IStored<Promise>
{
    public required string Cause { get; init; }
    public required long Amount { get; init; }

    /// <summary>Set in the cause's own shard before it is promised something in others.</summary>
    public bool? IsElsewhere { get; init; }

    public const string DocumentType = "promise";

    public static string IdOf(string cause) => $"p:{cause}";

    static string IStored<Promise>.DocumentType => DocumentType;
    static JsonTypeInfo<Promise> IStored<Promise>.JsonType => StoreDocuments.Default.Promise;
    [JsonIgnore] public string DocumentId => IdOf(Cause);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
