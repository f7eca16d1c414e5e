using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Club.Store;

/// <summary>What a probe writes, to see that the store still keeps what it is given.</summary>
public sealed record StoreProbe : IStored<StoreProbe>
{
    public const string Id = "health";

    public required DateTimeOffset At { get; init; }

    static string IStored<StoreProbe>.DocumentType => "health";
    static JsonTypeInfo<StoreProbe> IStored<StoreProbe>.JsonType => StoreDocuments.Default.StoreProbe;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
