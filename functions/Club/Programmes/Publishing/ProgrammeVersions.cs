using System.Collections.Immutable;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>
/// The published versions of the programme, each with the first business date it judges and the time it was recorded. What happened on a date
/// is judged by the version in force on it, however late the club learns of it. Safe for every thread; <see cref="Add"/> is the only change.
/// </summary>
public sealed class ProgrammeVersions(ClubCalendar calendar)
{
    // Latest first: by effective date, and of one date the one recorded last.
    private ImmutableArray<PublishedVersion> _versions = [];

    /// <param name="only">Judges until the store says which versions were published.</param>
    public ProgrammeVersions(ClubCalendar calendar, Programme only) : this(calendar) => Add([new PublishedVersion(only, DateTimeOffset.MinValue)]);

    /// <summary>The version in force today.</summary>
    public Programme Current => On(calendar.Today);

    /// <summary>Latest effective date first.</summary>
    public IReadOnlyList<PublishedVersion> All => _versions;

    /// <summary>The version that judges what happens on a business date; what is older than every version is judged by the first.</summary>
    public Programme On(DateOnly date)
    {
        var versions = _versions;
        foreach (var version in versions)
            if (version.Programme.EffectiveFrom <= date) return version.Programme;
        return versions.Length > 0 ? versions[^1].Programme : throw new InvalidOperationException("No programme has been published yet.");
    }

    /// <summary>A version by its name, as entries record it.</summary>
    public Programme? Find(string version)
    {
        foreach (var published in _versions)
            if (published.Programme.Version == version) return published.Programme;
        return null;
    }

    /// <summary>Adds versions; one that is there already is known from now on as it is given here.</summary>
    public void Add(IEnumerable<PublishedVersion> versions) => ImmutableInterlocked.Update(ref _versions, current =>
    [
        .. versions.Concat(current).DistinctBy(version => version.Programme.Version)
            .OrderByDescending(version => version.Programme.EffectiveFrom).ThenByDescending(version => version.RecordedAt),
    ]);
}

/// <param name="RecordedAt">When the club learned of the version.</param>
public sealed record PublishedVersion(Programme Programme, DateTimeOffset RecordedAt);
