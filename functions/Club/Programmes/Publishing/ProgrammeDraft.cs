using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Store;

namespace Club.Programmes;

/// <summary>The one draft of a programme: what is being worked on, right or wrong. It stays after it was published.</summary>
public sealed record ProgrammeDraft : IStored<ProgrammeDraft>
{
    public const string Id = "draft";

    public required string Author { get; init; }
    public required DateTimeOffset SavedAt { get; init; }
    public required JsonElement Programme { get; init; }

    static string IStored<ProgrammeDraft>.DocumentType => "programmeDraft";
    static JsonTypeInfo<ProgrammeDraft> IStored<ProgrammeDraft>.JsonType => ProgrammesDocuments.Default.ProgrammeDraft;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
