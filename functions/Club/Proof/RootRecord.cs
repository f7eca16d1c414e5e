using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Proof;

/// <summary>The root of one night: what the ledger of all members came to, in 32 bytes that can be published. It covers the root of the
/// night before, so the latest covers all. Written once, as a file that nobody can change and as a document.</summary>
public sealed record RootRecord : IStored<RootRecord>
{
    public const string Document = "root", ListIndex = "root", Partition = "proof";

    /// <summary>The business date on which it was made.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>1, 2, 3… without a gap.</summary>
    public required long Number { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>How many members had an entry.</summary>
    public required long Heads { get; init; }

    /// <summary>The root of the tree of their heads (<see cref="MerkleRules"/>).</summary>
    public required string Tree { get; init; }

    /// <summary>The root before; null in the first.</summary>
    public string? Previous { get; init; }

    /// <summary>The SHA-256 of all above but the time (<see cref="ComputeRoot"/>).</summary>
    public required string Root { get; init; }

    /// <summary>The kept file with the heads.</summary>
    public required string File { get; init; }

    /// <summary>Members whose chain no longer held the head of the root before; here they still have that head. Null: nobody.</summary>
    public IReadOnlyList<MemberId>? Rewritten { get; init; }

    static string IStored<RootRecord>.DocumentType => Document;
    static JsonTypeInfo<RootRecord> IStored<RootRecord>.JsonType => ProofDocuments.Default.RootRecord;
    [JsonIgnore] public string DocumentId => IndexKeys.Date(Day);

    /// <summary>The latest comes first.</summary>
    [JsonIgnore]
    public IndexKeys Index => new([new(ListIndex, (DateOnly.MaxValue.DayNumber - Day.DayNumber).ToString("D7", CultureInfo.InvariantCulture))]);

    /// <summary>What <see cref="Root"/> must be.</summary>
    public string ComputeRoot() => RootOf(Day, Number, Heads, Tree, Previous);

    /// <summary>SHA-256 of <c>club-root</c>, day, number, count of heads, tree and root before, with a line feed between them; the first
    /// has nothing in the last place.</summary>
    public static string RootOf(DateOnly day, long number, long heads, string tree, string? previous) => Digest.Of(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"club-root\n{day:yyyy-MM-dd}\n{number}\n{heads}\n{tree}\n{previous}"))).ToString();
}

/// <summary>How far the roots are: the latest, and from where in the feed the next one reads on.</summary>
public sealed record RootMark : IStored<RootMark>
{
    public const string Id = "rootMark";

    public required DateOnly Day { get; init; }

    /// <summary>What <see cref="IClubStore.Changes"/> goes on from; null: from the beginning.</summary>
    public string? Position { get; init; }

    static string IStored<RootMark>.DocumentType => Id;
    static JsonTypeInfo<RootMark> IStored<RootMark>.JsonType => ProofDocuments.Default.RootMark;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
