using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Access;
using Club.Kernel;
using Club.Partners;
using Club.Store;

namespace Club.Settlement;

/// <summary>That a month is closed, and what its statements were then. It never changes.</summary>
public sealed record ClosedMonth : IStored<ClosedMonth>
{
    public const string Id = "closing", MonthIndex = "closedMonth";

    public required string Month { get; init; }
    public required DateTimeOffset At { get; init; }
    public required ActingPerson By { get; init; }

    /// <summary>Of <see cref="ClosingRules.LinesOf"/>, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }
    public required IReadOnlyList<SettlementCheck> Check { get; init; }

    /// <summary>What is printed on them.</summary>
    public PrintedRoot? Root { get; init; }

    public static string PartitionOf(string month) => $"settlement:{month}";

    static string IStored<ClosedMonth>.DocumentType => "settlementClosing";
    static JsonTypeInfo<ClosedMonth> IStored<ClosedMonth>.JsonType => SettlementDocuments.Default.ClosedMonth;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => new([new IndexKey(MonthIndex, Month)]);
}

/// <summary>One statement as it was when its month was closed, to the byte.</summary>
public sealed record ClosedStatement : IStored<ClosedStatement>
{
    public const string OwnIndex = "ownStatement";

    public required string Month { get; init; }
    public required Party Party { get; init; }

    /// <summary>The line of JSON that the closing's hash is of.</summary>
    public required string Json { get; init; }

    /// <summary>Of the closing that it belongs to; a crash, or another who closes, may leave some that belong to none.</summary>
    public required string Sha256 { get; init; }

    public static string IdOf(string sha256, Party party) => Ids.Derived("s", sha256, $"{party}");

    static string IStored<ClosedStatement>.DocumentType => "settlementStatement";
    static JsonTypeInfo<ClosedStatement> IStored<ClosedStatement>.JsonType => SettlementDocuments.Default.ClosedStatement;
    [JsonIgnore] public string DocumentId => IdOf(Sha256, Party);
    [JsonIgnore] public IndexKeys Index => new([new IndexKey(OwnIndex, $"{Sha256}:{Party}")]);
}

/// <summary>Until when months are closed.</summary>
internal sealed class ClosedDays(IClubStore store) : ISettledDays
{
    public async Task<DateOnly?> Open(CancellationToken cancellation)
    {
        string? last = null;
        await foreach (var document in store.FindAll(new IndexQuery(ClosedMonth.MonthIndex, "", IndexQuery.Last, Limit: 1000), cancellation))
            if (document.As<ClosedMonth>().Month is var month && string.CompareOrdinal(month, last) > 0) last = month;
        return last is null ? null : StatementMonth.Read(last).Value.First.AddMonths(1);
    }
}

/// <summary>What is fixed when a month is closed. Pure.</summary>
public static class ClosingRules
{
    /// <summary>One statement a line, by their parties, each line ended: the very bytes that the hash is of.</summary>
    public static string LinesOf(IEnumerable<Statement> statements) =>
        string.Concat(statements.OrderBy(one => one.Party).Select(one => $"{LineOf(one)}\n"));

    /// <summary>The statements as they are fixed.</summary>
    public static IReadOnlyList<Statement> Printed(IEnumerable<Statement> statements, PrintedRoot? root) =>
        [.. statements.Select(one => one with { Root = root })];

    public static string LineOf(Statement statement) => JsonSerializer.Serialize(statement, ClubJson.Answers);

    public static Statement Read(string line) => JsonSerializer.Deserialize<Statement>(line, ClubJson.Answers)
        ?? throw new StoreException("A closed statement is empty.");

    public static string Sha256Of(string lines) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)));
}
