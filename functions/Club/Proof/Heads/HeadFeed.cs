using System.Text.Json;
using Club.Kernel;
using Club.Store;

namespace Club.Proof;

/// <summary>What was told of one member's chain since the last root: its first and last link, and whether nothing is missing between
/// them.</summary>
internal readonly record struct Told(long First, Digest Before, long Last, Digest Hash, long Count, Digest Links)
{
    public static readonly Told Nothing = new(long.MaxValue, default, 0, default, 0, default);

    /// <summary>In whatever order entries are told: each hash is named by the entry after it, so in a chain all but the ends cancel
    /// out.</summary>
    public Told With(in ToldEntry entry) => new(
        Math.Min(First, entry.Sequence), entry.Sequence < First ? entry.Previous : Before,
        Math.Max(Last, entry.Sequence), entry.Sequence > Last ? entry.Hash : Hash,
        Count + 1, Links ^ entry.Hash ^ entry.Previous);

    public bool IsChain => Last - First + 1 == Count && Links == (Before ^ Hash);

    /// <summary>Whether it goes on where the head ends; without a head, from the beginning.</summary>
    public bool Continues(Head? head) => IsChain && First == (head?.Sequence ?? 0) + 1 && Before == (head?.Hash ?? default);
}

/// <summary>What a chain needs of an entry.</summary>
internal readonly record struct ToldEntry(MemberId MemberId, long Sequence, Digest Previous, Digest Hash, DateTimeOffset RecordedAt)
{
    /// <exception cref="FormatException">The document is no entry.</exception>
    public static ToldEntry Read(Document document)
    {
        var reader = new Utf8JsonReader(document.Json.Span);
        MemberId memberId = default;
        var sequence = 0L;
        Digest previous = default, hash = default;
        DateTimeOffset recordedAt = default;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1) continue;
            if (reader.ValueTextEquals("memberId"u8)) memberId = new MemberId(Value(ref reader) ?? "");
            else if (reader.ValueTextEquals("sequence"u8))
            {
                reader.Read();
                sequence = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("recordedAt"u8))
            {
                reader.Read();
                recordedAt = reader.GetDateTimeOffset();
            }
            else if (reader.ValueTextEquals("previousHash"u8)) previous = Hex(Value(ref reader));
            else if (reader.ValueTextEquals("hash"u8)) hash = Hex(Value(ref reader));
            else reader.Skip();
        }
        return memberId.Value is { Length: > 0 } && sequence > 0 && hash != default
            ? new ToldEntry(memberId, sequence, previous, hash, recordedAt)
            : throw new FormatException($"Entry {document.Id} of {document.Partition} has no place in a chain.");

        Digest Hex(string? text) => text is null ? default : Digest.TryParse(text, out var digest) ? digest
            : throw new FormatException($"Entry {document.Id} of {document.Partition} has a hash that is none.");
    }

    private static string? Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }
}

/// <summary>Reads what the ledger has got since the last root.</summary>
internal sealed class HeadFeed(IClubStore store)
{
    /// <param name="position">From where; null: from the beginning.</param>
    /// <param name="until">What is recorded later may be left to the next time, so that reading ends while others write.</param>
    /// <returns>What was told of each member, and from where to go on.</returns>
    public async Task<(Dictionary<MemberId, Told> Told, string? Position)> Since(string? position, DateTimeOffset until,
        CancellationToken cancellation)
    {
        var told = new Dictionary<MemberId, Told>();
        while (true)
        {
            var page = await store.Changes(position, cancellation: cancellation);
            if (page.Documents.Count == 0) return (told, position);
            position = page.Bookmark;
            var isLate = false;
            foreach (var document in page.Documents)
            {
                if (document.Type != "entry") continue;
                var entry = ToldEntry.Read(document);
                told[entry.MemberId] = told.GetValueOrDefault(entry.MemberId, Told.Nothing).With(entry);
                isLate |= entry.RecordedAt > until;
            }
            if (isLate) return (told, position);
        }
    }
}
