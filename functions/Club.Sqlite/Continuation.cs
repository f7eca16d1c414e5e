using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Club.Store;

namespace Club.Sqlite;

/// <summary>
/// Where a page ended: the last key row told (or, within a partition, the last id). As text it carries a digest with the query, so that
/// a damaged one or one of another query is refused instead of skipping documents.
/// </summary>
internal readonly record struct Continuation(int Bucket, string Text, long N)
{
    public const int LastBucket = 63;
    private const int DigestBytes = 8;

    /// <exception cref="ArgumentException">The query's continuation is not one that this store gave out for it.</exception>
    public static Continuation Start(IndexQuery query)
    {
        if (query.Continuation is null) return new Continuation(query.Bucket ?? PreparedKeys.NoBucket, query.From, 0);
        try
        {
            var bytes = Base64Url.DecodeFromChars(query.Continuation);
            if (bytes.Length > DigestBytes && Digest(query, bytes.AsSpan(DigestBytes)).SequenceEqual(bytes.AsSpan(0, DigestBytes)))
                if (JsonSerializer.Deserialize<Continuation>(bytes.AsSpan(DigestBytes))
                    is { Text: not null, Bucket: >= PreparedKeys.NoBucket and <= LastBucket, N: >= 0 } given)
                    return given;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            // Told below, with everything else that is no continuation.
        }
        throw new ArgumentException("The continuation is not one that the store gave out for this query.", nameof(query));
    }

    public string ToText(IndexQuery query)
    {
        var position = JsonSerializer.SerializeToUtf8Bytes(this);
        return Base64Url.EncodeToString([.. Digest(query, position), .. position]);
    }

    private static ReadOnlySpan<byte> Digest(IndexQuery query, ReadOnlySpan<byte> position)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var about = JsonSerializer.Serialize(
            (string?[])[query.Index, query.From, query.To, query.Partition, query.Bucket?.ToString("D", null),
            .. query.Required.SelectMany(key => new[] { key.Name, key.Value })]);
        hash.AppendData(Encoding.UTF8.GetBytes(about));
        hash.AppendData(position);
        return hash.GetHashAndReset().AsSpan(0, DigestBytes);
    }
}
