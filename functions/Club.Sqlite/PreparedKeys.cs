using System.Text;
using Club.Store;

namespace Club.Sqlite;

/// <summary>The keys of one document, encoded on the caller's thread.</summary>
internal sealed class PreparedKeys
{
    public const int NoBucket = -1;

    public static readonly PreparedKeys None = new([], NoBucket, []);

    private PreparedKeys(byte[] text, int bucket, IReadOnlyList<PreparedKey> keys) => (Text, Bucket, Keys) = (text, bucket, keys);

    /// <summary>What <c>docs.ix</c> holds.</summary>
    public byte[] Text { get; }
    public int Bucket { get; }
    public IReadOnlyList<PreparedKey> Keys { get; }

    public static PreparedKeys Of(IndexKeys index)
    {
        if (index.Keys.Count == 0 && index.Bucket is null) return None;
        var keys = index.Keys.Count > 1 ? [.. index.Keys.Distinct()] : index.Keys;
        return new PreparedKeys(KeyText.Of(keys), index.Bucket ?? NoBucket, Prepare(keys, index.Bucket ?? NoBucket));
    }

    public static PreparedKeys Stored(ReadOnlySpan<byte> text, int bucket) =>
        new(text.ToArray(), bucket, Prepare(KeyText.Parse(text), bucket));

    public bool Same(ReadOnlySpan<byte> text, int bucket) => bucket == Bucket && text.SequenceEqual(Text);

    public bool Has(PreparedKey key)
    {
        foreach (var own in Keys)
            if (own.Key == key.Key && own.Bucket == key.Bucket) return true;
        return false;
    }

    /// <summary>The rows of <c>keys</c>: a partition's own keys are read from its documents.</summary>
    private static List<PreparedKey> Prepare(IReadOnlyList<IndexKey> keys, int bucket)
    {
        var prepared = new List<PreparedKey>(keys.Count);
        foreach (var key in keys)
            if (!IndexKeys.IsOwn(key.Name))
                prepared.Add(new PreparedKey(key, IndexKeys.IsDue(key.Name) ? bucket : NoBucket, Utf8.Of(key.Name), Utf8.Of(key.Value)));
        return prepared;
    }
}

/// <summary>One row of <c>keys</c>.</summary>
internal sealed record PreparedKey(IndexKey Key, int Bucket, byte[] Name, byte[] Value);

/// <summary>Strict UTF-8: a text with half a surrogate pair is refused, never silently stored as another text.</summary>
internal static class Utf8
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The text is not valid UTF-16.</exception>
    public static byte[] Of(string text) => text.Length == 0 ? [] : Strict.GetBytes(text);
}
