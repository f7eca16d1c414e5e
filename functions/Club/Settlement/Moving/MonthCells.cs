using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Settlement;

/// <summary>A sum of movements that have one price.</summary>
/// <param name="Day">By which the agreement is found; of partners only, for nobody else has one.</param>
/// <param name="Price">In CNY, where no agreement says another; null: nothing.</param>
public sealed record Cell(Party Party, WalletCode Wallet, LineKind Line, DateOnly? Day,
    [property: JsonConverter(typeof(PlainNumberConverter))] decimal? Price, Points Points)
{
    public static Cell Of(Movement move) =>
        new(move.Party, move.Wallet, move.Line, move.Party.Kind == PartyKind.Partner ? move.Day : null, move.Price, move.Points);
}

/// <summary>What the ledger itself says of a wallet in a month: all entries, and all their counter-accounts.</summary>
public sealed record LedgerSum(WalletCode Wallet, Points Entries, Points Counter);

/// <summary>What the entries recorded in a month did to those of one kind, or to one partner.</summary>
public sealed record MonthCells : IStored<MonthCells>
{
    public const string Prefix = "m:";

    /// <summary>In the brand's time zone, <c>yyyy-MM</c>.</summary>
    public required string Month { get; init; }

    /// <summary>Which parties lie together: a partner has a row of its own, whose cells are by days.</summary>
    public required string Group { get; init; }
    public IReadOnlyList<Cell> Cells { get; init; } = [];

    /// <summary>In the programme's row.</summary>
    public IReadOnlyList<LedgerSum>? Ledger { get; init; }

    public static string GroupOf(Party party) => party.Kind == PartyKind.Partner ? $"{party}" : Party.WordOf(party.Kind);

    public static string IdOf(string month, string group) => $"{Prefix}{month}:{group}";

    static string IStored<MonthCells>.DocumentType => "settlementMonth";
    static JsonTypeInfo<MonthCells> IStored<MonthCells>.JsonType => SettlementDocuments.Default.MonthCells;
    [JsonIgnore] public string DocumentId => IdOf(Month, Group);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}

/// <summary>One movement, so that a line of a statement leads to the entries behind it.</summary>
/// <param name="Sequence">Of the entry in the member's ledger.</param>
public sealed record MovedLine(MemberId Member, long Sequence, DateTimeOffset At, Party Party, LineKind Line, WalletCode Wallet,
    Points Points, DateOnly Day, [property: JsonConverter(typeof(PlainNumberConverter))] decimal? Price);

/// <summary>Some hundred movements of a month, in the order in which they were told.</summary>
public sealed record MonthLines : IStored<MonthLines>
{
    public const string GroupIndex = "settled";

    /// <summary>Of one document.</summary>
    public const int Most = 250;

    public required string Month { get; init; }

    /// <summary>0, 1, 2… within the month.</summary>
    public required int Number { get; init; }
    public IReadOnlyList<MovedLine> Lines { get; init; } = [];

    public static string IdOf(string month, int number) => $"n:{month}:{number:D7}";

    public static string KeyOf(string month, Party party) => KeyOf(month, MonthCells.GroupOf(party));

    private static string KeyOf(string month, string group) => $"{month}\n{group}\n";

    static string IStored<MonthLines>.DocumentType => "settlementLines";
    static JsonTypeInfo<MonthLines> IStored<MonthLines>.JsonType => SettlementDocuments.Default.MonthLines;
    [JsonIgnore] public string DocumentId => IdOf(Month, Number);
    [JsonIgnore]
    public IndexKeys Index => new([.. Lines.Select(line => line.Party).Distinct().Select(MonthCells.GroupOf).Distinct()
        .Order(StringComparer.Ordinal)
        .Select(group => new IndexKey(GroupIndex, $"{KeyOf(Month, group)}{Number:D7}"))]);
}

/// <summary>Which rows there are, and the entries that were counted last: a store may tell one again after a fault.</summary>
public sealed record SettledSoFar : IStored<SettledSoFar>
{
    public const string Id = "o:";

    /// <summary>So many are remembered.</summary>
    public const int MostRecent = 4000;

    /// <summary>By their order.</summary>
    public IReadOnlyList<SettledMonth> Months { get; init; } = [];

    /// <summary>A digest of member and sequence each, the oldest first.</summary>
    public IReadOnlyList<long> Recent { get; init; } = [];

    static string IStored<SettledSoFar>.DocumentType => "settledSoFar";
    static JsonTypeInfo<SettledSoFar> IStored<SettledSoFar>.JsonType => SettlementDocuments.Default.SettledSoFar;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}

/// <param name="Groups">Of the rows of sums.</param>
/// <param name="Filling">The number of the document of lines that is being filled.</param>
public sealed record SettledMonth(string Month, IReadOnlyList<string> Groups, int Filling);
