using System.Collections.Immutable;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>
/// The published versions of the programme as they are known at one moment of one day, each with the first business date it judges and the
/// time it was recorded. What happened on a date is judged by the version in force on it, however late the club learns of it. Never
/// changes: see
/// <see cref="ProgrammeLibrary.Now"/>.
/// </summary>
public sealed class ProgrammeVersions
{
    // Latest first: by effective date, and of one date the one recorded last.
    private readonly ImmutableArray<PublishedVersion> _versions;

    public ProgrammeVersions(DateOnly today, IEnumerable<PublishedVersion> versions, BranchPlans? plans = null)
    {
        (Today, Plans) = (today, plans ?? BranchPlans.None);
        _versions =
        [
            .. versions.DistinctBy(version => version.Programme.Version)
                .OrderByDescending(version => version.Programme.EffectiveFrom).ThenByDescending(version => version.RecordedAt),
        ];
        if (_versions.Length == 0) throw new ArgumentException("There is no version of the programme.", nameof(versions));
        Current = On(today);
    }

    /// <param name="only">Judges whatever happened at any time.</param>
    /// <param name="plans">Null: dealers have none.</param>
    public ProgrammeVersions(DateOnly today, Programme only, BranchPlans? plans = null)
        : this(today, [new PublishedVersion(only, DateTimeOffset.MinValue)], plans) { }

    public DateOnly Today { get; }

    /// <summary>What dealers give by plans of their own.</summary>
    public BranchPlans Plans { get; }

    /// <summary>The version in force today.</summary>
    public Programme Current { get; }

    /// <summary>Latest effective date first.</summary>
    public IReadOnlyList<PublishedVersion> All => _versions;

    /// <summary>The version that judges what happens on a business date; what is older than every version is judged by the first.</summary>
    public Programme On(DateOnly date)
    {
        foreach (var version in _versions)
            if (version.Programme.EffectiveFrom <= date) return version.Programme;
        return _versions[^1].Programme;
    }

    /// <summary>The version that judges what happens at a dealer at a moment, with that dealer's own plan as it was then.</summary>
    /// <param name="date">The business date of the moment.</param>
    public Programme On(DateOnly date, DealerId? dealer, DateTimeOffset at) => Plans.Over(On(date), dealer, at);

    /// <summary>A version by its name, with the dealer's own plan as it was then.</summary>
    public Programme? Find(string version, DealerId? dealer, DateTimeOffset at) =>
        Find(version) is { } programme ? Plans.Over(programme, dealer, at) : null;

    /// <summary>A version by its name, as entries record it.</summary>
    public Programme? Find(string version)
    {
        foreach (var published in _versions)
            if (published.Programme.Version == version) return published.Programme;
        return null;
    }

    /// <summary>These and others; one that is there already is known by what is given here.</summary>
    public ProgrammeVersions With(IEnumerable<PublishedVersion> versions) => new(Today, versions.Concat(_versions), Plans);

    /// <summary>The same versions on another day.</summary>
    public ProgrammeVersions AsOf(DateOnly today) => new(today, _versions, Plans);

    /// <summary>The same versions with other plans.</summary>
    public ProgrammeVersions With(BranchPlans plans) => new(Today, _versions, plans);
}

/// <param name="RecordedAt">When the club learned of the version.</param>
public sealed record PublishedVersion(Programme Programme, DateTimeOffset RecordedAt);
