using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Store;

namespace Club.Programmes;

/// <summary>Who published what when, and what it changed: never changed.</summary>
public sealed record PublicationRecord : IStored<PublicationRecord>
{
    public const string NumberIndex = "ownPublication";

    /// <summary>More changes than this are counted, not kept: the record must fit into a commit beside the programme.</summary>
    public const int MostChanges = 400;

    /// <summary>1 for the first publication of the programme, without gaps.</summary>
    public required int Number { get; init; }
    public required string Version { get; init; }
    public required DateOnly EffectiveFrom { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required string Author { get; init; }
    public string? Note { get; init; }

    /// <summary>Who saved the draft last; null when it came from a file.</summary>
    public string? DraftedBy { get; init; }

    /// <summary>The version that would have judged the days from <see cref="EffectiveFrom"/> on; null for the first one.</summary>
    public string? Against { get; init; }
    public required IReadOnlyList<ProgrammeChange> Changes { get; init; }

    /// <summary>How many changes there are in all.</summary>
    public required int ChangesInAll { get; init; }

    public static string KeyOf(int number) => number.ToString("D6", CultureInfo.InvariantCulture);
    public static string IdOf(int number) => $"publication:{KeyOf(number)}";
    static string IStored<PublicationRecord>.DocumentType => "publication";
    static JsonTypeInfo<PublicationRecord> IStored<PublicationRecord>.JsonType => ProgrammesDocuments.Default.PublicationRecord;
    [JsonIgnore] public string DocumentId => IdOf(Number);
    [JsonIgnore] public IndexKeys Index => new([new IndexKey(NumberIndex, KeyOf(Number))]);
}
