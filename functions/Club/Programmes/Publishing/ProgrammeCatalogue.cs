using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Store;

namespace Club.Programmes;

/// <summary>
/// The published versions of a programme in the order of their publication. It is replaced under its ETag by every publication, so that of
/// two publishers the second decides again, and it is all that an instance reads to learn whether there is something new.
/// </summary>
public sealed record ProgrammeCatalogue : IStored<ProgrammeCatalogue>
{
    public const string Id = "catalogue";

    public required IReadOnlyList<PublishedLine> Versions { get; init; }

    public PublishedLine? Find(string version) => Versions.FirstOrDefault(line => line.Version == version);

    /// <summary>The version that judges a business date: the latest that has begun by then, of those that begin on one day the one recorded
    /// last; before all of them the first.</summary>
    public PublishedLine On(DateOnly date)
    {
        var latestFirst = Versions.OrderByDescending(line => line.EffectiveFrom).ThenByDescending(line => line.RecordedAt).ToList();
        return latestFirst.Find(line => line.EffectiveFrom <= date) ?? latestFirst[^1];
    }

    /// <summary>The partition of everything about one programme.</summary>
    public static string PartitionOf(string programmeId) => $"programme:{programmeId}";

    static string IStored<ProgrammeCatalogue>.DocumentType => "programmeCatalogue";
    static JsonTypeInfo<ProgrammeCatalogue> IStored<ProgrammeCatalogue>.JsonType => ProgrammesDocuments.Default.ProgrammeCatalogue;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}

/// <param name="EffectiveFrom">The first business date that the version judges.</param>
/// <param name="RecordedAt">When it was published; later than every publication before it, whatever the clocks of the instances
/// say.</param>
public sealed record PublishedLine(string Version, DateOnly EffectiveFrom, DateTimeOffset RecordedAt, string Author, string? Note);
