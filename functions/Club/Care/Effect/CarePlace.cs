using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Care;

/// <summary>One occasion of one member on which something was to be said, or was held out.</summary>
/// <param name="What">The occasion without the days before it.</param>
/// <param name="On">The day on which it was decided.</param>
/// <param name="IsHeld">Nothing is said, by chance.</param>
/// <param name="HasVisited">She came in the days after.</param>
public sealed record CareTrial(string What, DateOnly On, bool IsHeld, bool HasVisited);

/// <summary>What is counted of a member, for as long as it may change.</summary>
public sealed record CarePlace : IStored<CarePlace>
{
    public required MemberId MemberId { get; init; }
    public IReadOnlyList<CareTrial> Trials { get; init; } = [];

    /// <summary>Ascending.</summary>
    public IReadOnlyList<DateOnly> Visits { get; init; } = [];

    /// <summary>What is told of days before was counted and let go.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>Found to be another member: what is told of her counts there.</summary>
    public MemberId? MergedInto { get; init; }

    public static string IdOf(MemberId memberId) => $"m:{memberId}";

    static string IStored<CarePlace>.DocumentType => "carePlace";
    static JsonTypeInfo<CarePlace> IStored<CarePlace>.JsonType => CareDocuments.Default.CarePlace;
    [JsonIgnore] public string DocumentId => IdOf(MemberId);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}

/// <summary>How many occasions of a kind there were in a month, and after how many she came.</summary>
public sealed record CareRow : IStored<CareRow>
{
    /// <summary>What the ids of all rows begin with.</summary>
    public const string Prefix = "e:";

    /// <summary>In which it was decided, as 2026-10.</summary>
    public required string Month { get; init; }

    /// <summary>What keys of such occasions begin with.</summary>
    public required string Kind { get; init; }
    public int Written { get; init; }
    public int WrittenVisited { get; init; }
    public int Held { get; init; }
    public int HeldVisited { get; init; }

    public CareRow Plus(CareTrial trial, int times) => trial.IsHeld
        ? this with { Held = Held + times, HeldVisited = HeldVisited + (trial.HasVisited ? times : 0) }
        : this with { Written = Written + times, WrittenVisited = WrittenVisited + (trial.HasVisited ? times : 0) };

    public static string IdOf(string month, string kind) => $"{Prefix}{month}:{kind}";

    static string IStored<CareRow>.DocumentType => "careRow";
    static JsonTypeInfo<CareRow> IStored<CareRow>.JsonType => CareDocuments.Default.CareRow;
    [JsonIgnore] public string DocumentId => IdOf(Month, Kind);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
