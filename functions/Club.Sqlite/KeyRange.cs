using Club.Store;

namespace Club.Sqlite;

/// <summary>The values that a query asks for, compared as SQLite compares text: by UTF-8 bytes.</summary>
internal sealed class KeyRange(IndexQuery query)
{
    public byte[] Name { get; } = Utf8.Of(query.Index);
    public byte[] From { get; } = Utf8.Of(query.From);
    public byte[] To { get; } = Utf8.Of(StoreArguments.UpperEnd(query.To));

    /// <summary>Whether one of the keys in <paramref name="keyText"/> lies in the range, and all others that are asked for are among
    /// them.</summary>
    public bool Matches(ReadOnlySpan<byte> keyText)
    {
        var keys = KeyText.Parse(keyText);
        foreach (var key in keys)
            if (key.Name == query.Index && Contains(Utf8.Of(key.Value))) return HasRequired(keys);
        return false;
    }

    /// <summary>Whether all further keys that are asked for are in <paramref name="keyText"/>.</summary>
    public bool HasRequired(ReadOnlySpan<byte> keyText) => query.Required.Count == 0 || HasRequired(KeyText.Parse(keyText));

    private bool HasRequired(List<IndexKey> keys) => query.Required.All(keys.Contains);

    /// <summary>Whether <paramref name="value"/> is the document's first value in the range: a document with several is told
    /// once.</summary>
    public bool IsFirst(ReadOnlySpan<byte> keyText, ReadOnlySpan<byte> value)
    {
        if (From.AsSpan().SequenceEqual(To)) return true;
        foreach (var key in KeyText.Parse(keyText))
        {
            if (key.Name != query.Index) continue;
            var other = Utf8.Of(key.Value);
            if (Contains(other) && other.AsSpan().SequenceCompareTo(value) < 0) return false;
        }
        return true;
    }

    private bool Contains(ReadOnlySpan<byte> value) => value.SequenceCompareTo(From) >= 0 && value.SequenceCompareTo(To) <= 0;
}
