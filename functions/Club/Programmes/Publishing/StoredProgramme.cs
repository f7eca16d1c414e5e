using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Store;

namespace Club.Programmes;

/// <summary>A published version as it was published, whole. Never changed.</summary>
public sealed record StoredProgramme : IStored<StoredProgramme>
{
    public required PublishedLine Line { get; init; }
    public required JsonElement Programme { get; init; }

    public static string IdOf(string version) => $"version:{version}";
    static string IStored<StoredProgramme>.DocumentType => "programme";
    static JsonTypeInfo<StoredProgramme> IStored<StoredProgramme>.JsonType => ProgrammesDocuments.Default.StoredProgramme;
    [JsonIgnore] public string DocumentId => IdOf(Line.Version);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
