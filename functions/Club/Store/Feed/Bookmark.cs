using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Club.Store;

/// <summary>How far a projection has read; it lies beside the projection's rows and changes in the same commit.</summary>
public sealed record Bookmark : IStored<Bookmark>
{
    public const string Id = "bookmark";

    /// <summary>What <see cref="IClubStore.Changes"/> goes on from.</summary>
    public required string Position { get; init; }

    /// <summary>Set while the rows are being deleted: nothing is projected until they are gone.</summary>
    public bool? Clearing { get; init; }

    static string IStored<Bookmark>.DocumentType => Id;
    static JsonTypeInfo<Bookmark> IStored<Bookmark>.JsonType => StoreDocuments.Default.Bookmark;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
