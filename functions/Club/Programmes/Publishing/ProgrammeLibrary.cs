using System.Collections.Concurrent;
using System.Text.Json;
using Club.Kernel;
using Club.Store;

namespace Club.Programmes;

/// <summary>
/// The published versions in the store, and the one way to the rules: whatever judges asks for those of <see cref="Now"/>, and judges by
/// them to its end. An instance looks at the catalogue every <see cref="Freshness"/> at most.
/// </summary>
public sealed class ProgrammeLibrary(IClubStore store, Programme configured, ClubCalendar calendar) : IDisposable
{
    /// <summary>How old an instance's picture of the versions may be when it judges.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    private readonly PlanPicture _plans = new(store);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ConcurrentDictionary<string, JsonElement> _texts = new(StringComparer.Ordinal);
    private ProgrammeVersions _rules = new(calendar.Today, configured);
    private long _freshAt;
    private bool _known;

    /// <summary>The one programme of this club.</summary>
    public string Id { get; } = configured.Id;

    public string Partition { get; } = ProgrammeCatalogue.PartitionOf(configured.Id);

    /// <summary>The rules as of now: with every version that was published more than <see cref="Freshness"/> ago.</summary>
    public ValueTask<ProgrammeVersions> Now(CancellationToken cancellation = default) =>
        Volatile.Read(ref _known) && calendar.Time.GetElapsedTime(Volatile.Read(ref _freshAt)) < Freshness ? new(Today())
            : new(Refreshed(cancellation));

    private async Task<ProgrammeVersions> Refreshed(CancellationToken cancellation)
    {
        await Load(onlyWhenStale: true, cancellation);
        return Today();
    }

    private ProgrammeVersions Today()
    {
        var (rules, today) = (Volatile.Read(ref _rules), calendar.Today);
        if (rules.Today == today) return rules;
        var turned = rules.AsOf(today);
        // Whoever has learned of a version meanwhile is right.
        Interlocked.CompareExchange(ref _rules, turned, rules);
        return turned;
    }

    /// <summary>Makes versions known that are, or are about to be, in the store.</summary>
    internal void Learn(IReadOnlyList<PublishedVersion> versions)
    {
        while (true)
        {
            var before = Volatile.Read(ref _rules);
            if (Interlocked.CompareExchange(ref _rules, before.With(versions), before) == before) return;
        }
    }

    /// <summary>Reads the catalogue now, and whatever it names that is not known here.</summary>
    /// <returns>Null when nothing was published yet.</returns>
    internal Task<Stored<ProgrammeCatalogue>?> Load(CancellationToken cancellation) => Load(onlyWhenStale: false, cancellation);

    /// <summary>A published version, once <see cref="Load(CancellationToken)"/> has met it.</summary>
    internal Programme? Find(string version) => Volatile.Read(ref _rules).Find(version);

    /// <summary>A published version's text, once <see cref="Load(CancellationToken)"/> has met it.</summary>
    internal JsonElement? TextOf(string version) => _texts.TryGetValue(version, out var text) ? text : null;

    /// <summary>The published versions, the latest publication first.</summary>
    public async Task<IReadOnlyList<PublishedLine>> Versions(CancellationToken cancellation = default) =>
        await Load(cancellation) is { } catalogue ? [.. catalogue.Value.Versions.Reverse()] : [];

    /// <summary>A version as it was published; null when there is none of that name.</summary>
    public async Task<JsonElement?> Version(string version, CancellationToken cancellation = default)
    {
        await Load(cancellation);
        return TextOf(version);
    }

    /// <summary>The record of the publication of a version.</summary>
    internal async Task<PublicationRecord> Record(ProgrammeCatalogue catalogue, string version, CancellationToken cancellation)
    {
        var number = catalogue.Versions.TakeWhile(line => line.Version != version).Count() + 1;
        return (await store.Read<PublicationRecord>(Partition, PublicationRecord.IdOf(number), cancellation))?.Value
            ?? throw new StoreException(
                $"The catalogue of programme {Id} names version {version}, and there is no record of its publication.");
    }

    /// <summary>Publications, newest first.</summary>
    /// <param name="before">Only those with a lower number.</param>
    public async Task<(IReadOnlyList<PublicationRecord> Items, int? Before)> Audit(int limit, int? before,
        CancellationToken cancellation = default)
    {
        var last = (await Load(cancellation))?.Value.Versions.Count ?? 0;
        if (before is { } end && end <= last) last = end - 1;
        if (last < 1) return ([], null);
        var first = Math.Max(1, last - limit + 1);
        var query = new IndexQuery(PublicationRecord.NumberIndex, PublicationRecord.KeyOf(first), PublicationRecord.KeyOf(last),
            Partition: Partition, Limit: limit);
        var records = new List<PublicationRecord>();
        await foreach (var document in store.FindAll(query, cancellation)) records.Add(document.As<PublicationRecord>());
        return ([.. records.OrderByDescending(record => record.Number)], first > 1 ? first : null);
    }

    public void Dispose() => _gate.Dispose();

    // Whoever comes while another reads must wait for the answer: after an idle night the picture in hand may be yesterday's.
    private async Task<Stored<ProgrammeCatalogue>?> Load(bool onlyWhenStale, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var asOf = calendar.Time.GetTimestamp();
            if (onlyWhenStale && _known && calendar.Time.GetElapsedTime(_freshAt, asOf) < Freshness) return null;
            var catalogue = await store.Read<ProgrammeCatalogue>(Partition, ProgrammeCatalogue.Id, cancellation);
            if (catalogue is not null) await Take(catalogue.Value, cancellation);
            await LookAtPlans(cancellation);
            Volatile.Write(ref _freshAt, asOf);
            Volatile.Write(ref _known, true);
            return catalogue;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>No look at all while no rule book lets dealers have plans.</summary>
    private async Task LookAtPlans(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _rules).All.All(version => version.Programme.BranchPlans is null)) return;
        var plans = await _plans.Read(Volatile.Read(ref _rules).Plans, cancellation);
        while (Volatile.Read(ref _rules) is var before && before.Plans != plans)
            if (Interlocked.CompareExchange(ref _rules, before.With(plans), before) == before) return;
    }

    private async Task Take(ProgrammeCatalogue catalogue, CancellationToken cancellation)
    {
        foreach (var line in catalogue.Versions.Where(line => !_texts.ContainsKey(line.Version)))
        {
            var stored = await store.Read<StoredProgramme>(Partition, StoredProgramme.IdOf(line.Version), cancellation)
                ?? throw new StoreException($"The catalogue of programme {Id} names version {line.Version}, which is not there.");
            var what = $"Version {line.Version} of programme {Id} in the store";
            var programme = ProgrammeReader.Read(ProgrammeText.ToUtf8(stored.Value.Programme), what, isPublished: true);
            Learn([new PublishedVersion(programme, line.RecordedAt)]);
            _texts[line.Version] = stored.Value.Programme;
        }
    }
}
