using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Value;

/// <summary>In which cell a member is counted, and up to where: what is told again changes nothing.</summary>
public sealed record ClassPlace : IStored<ClassPlace>
{
    public required MemberId MemberId { get; init; }
    public string? Cell { get; init; }
    public DealerId? DealerId { get; init; }
    public Money Spend { get; init; }

    /// <summary>How many tellings are counted.</summary>
    public int Number { get; init; }

    /// <summary>The last act of leaving, lapsing or returning, and its moment.</summary>
    public MemberEventKind? Act { get; init; }
    public DateTimeOffset? ActedAt { get; init; }

    /// <summary>Found to be another member.</summary>
    public bool? Merged { get; init; }

    /// <summary>The latest month in which something became of her, <c>yyyy-MM</c>, and the cell in which she was counted when it began;
    /// null: in none.</summary>
    public string? Month { get; init; }
    public string? Opening { get; init; }

    /// <summary>In which cell she is counted; null: in none.</summary>
    [JsonIgnore] public string? Standing => IsCounted ? Cell : null;

    [JsonIgnore]
    public bool IsCounted => Cell is not null && Merged is not true && Act is not (MemberEventKind.Left or MemberEventKind.Lapsed);

    public static string IdOf(MemberId memberId) => $"m:{memberId}";

    static string IStored<ClassPlace>.DocumentType => "classPlace";
    static JsonTypeInfo<ClassPlace> IStored<ClassPlace>.JsonType => ValueDocuments.Default.ClassPlace;
    [JsonIgnore] public string DocumentId => IdOf(MemberId);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}

/// <summary>How many members of a branch are in a cell, and what they spent.</summary>
public sealed record ClassRow : IStored<ClassRow>
{
    /// <summary>What the ids of all rows begin with, and of those of one branch.</summary>
    public const string Prefix = "c:";

    public required string Cell { get; init; }

    /// <summary>Null: of no branch.</summary>
    public DealerId? DealerId { get; init; }
    public int Members { get; init; }

    /// <summary>In the windows by which they were judged, in CNY.</summary>
    public Money Spend { get; init; }

    public static string IdOf(DealerId? dealerId, string cell) => $"{Prefix}{Ids.Derived("", dealerId)}:{cell}";

    static string IStored<ClassRow>.DocumentType => "classRow";
    static JsonTypeInfo<ClassRow> IStored<ClassRow>.JsonType => ValueDocuments.Default.ClassRow;
    [JsonIgnore] public string DocumentId => IdOf(DealerId, Cell);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
