using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Value;

/// <summary>How many members of a branch, or of all, moved from cell to cell in a month: each once, from where she stood when it began to
/// where she stood at its end, or by now.</summary>
public sealed record ClassMoves : IStored<ClassMoves>
{
    private const char Arrow = '>';

    /// <summary><c>yyyy-MM</c>.</summary>
    public required string Month { get; init; }

    /// <summary>Null: of no branch, or of all.</summary>
    public DealerId? DealerId { get; init; }
    public bool IsAll { get; init; }

    /// <summary>Members by <c>from&gt;to</c>; an end that is empty is no cell.</summary>
    public IReadOnlyDictionary<string, int> Moves { get; init; } = new Dictionary<string, int>();

    public static string IdOf(string month, DealerId? dealerId) => $"v:{month}:{Ids.Derived("", dealerId)}";

    /// <summary>Of all branches.</summary>
    public static string IdOf(string month) => $"v:{month}";

    public ClassMoves Plus(string? from, string? to, int times)
    {
        var (moves, key) = (new SortedDictionary<string, int>(Moves.ToDictionary(), StringComparer.Ordinal), $"{from}{Arrow}{to}");
        moves[key] = moves.GetValueOrDefault(key) + times;
        if (moves[key] == 0) moves.Remove(key);
        return this with { Moves = moves };
    }

    public IEnumerable<(string? From, string? To, int Members)> All() => Moves.Select(move => move.Key.Split(Arrow) is [var from, var to]
        ? (from.Length == 0 ? null : from, to.Length == 0 ? null : to, move.Value)
        : throw new StoreException($"Moves of {Month}: \"{move.Key}\" is no move."));

    static string IStored<ClassMoves>.DocumentType => "classMoves";
    static JsonTypeInfo<ClassMoves> IStored<ClassMoves>.JsonType => ValueDocuments.Default.ClassMoves;
    [JsonIgnore] public string DocumentId => IsAll ? IdOf(Month) : IdOf(Month, DealerId);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
