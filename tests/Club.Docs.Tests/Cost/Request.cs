namespace Club.Docs.Tests.Cost;

/// <summary>One request that a use case made of the store, with the sizes of the Cosmos DB items it moved, in bytes.</summary>
internal abstract record Request
{
    /// <param name="Bytes">Null when there was no such document.</param>
    public sealed record Read(string What, int? Bytes) : Request
    {
        public override string ToString() => Bytes is null ? $"read {What} (none)" : $"read {What}";
    }

    /// <param name="Everywhere">Asked of every physical partition, because the query names no partition.</param>
    public sealed record Find(string Index, bool Everywhere, IReadOnlyList<int> Bytes) : Request
    {
        public override string ToString() =>
            $"find {Index}{(Everywhere ? " everywhere" : "")} ({(Bytes.Count == 0 ? "none" : Bytes.Count)})";
    }

    public sealed record Commit(IReadOnlyList<Change> Changes, bool Refused) : Request
    {
        public override string ToString() => $"{(Refused ? "refused: " : "")}{string.Join(" + ", Changes)}";
    }
}

internal enum ChangeKind { Create, Replace, Delete }

/// <summary>One write of a commit.</summary>
/// <param name="Terms">How many values Cosmos DB has to index for it.</param>
/// <param name="Values">How many it would have to index by default: every value of the body.</param>
internal sealed record Change(ChangeKind Kind, string What, int Bytes, int Terms, int Values = 0)
{
    public override string ToString() =>
        Kind == ChangeKind.Delete ? $"delete {What}" : $"{(Kind == ChangeKind.Create ? "create" : "replace")} {What}/{Terms}";
}
