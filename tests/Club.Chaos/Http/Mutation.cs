using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Club.Docs.Tests.Descriptions;

namespace Club.Chaos.Http;

/// <summary>Bodies: an example of the description with something wrong in it, or something else altogether.</summary>
internal static class Mutation
{
    /// <summary>A tree of 64 levels is not written any more.</summary>
    private const int MostKept = 60;

    private const string Mark = "\"@value@\"";

    /// <returns>The bytes, and how they are packed (<c>gzip</c>, <c>deflate</c>, <c>br</c>), if they are.</returns>
    public static (byte[] Bytes, string? Encoding) Of(JsonNode? example, Random random)
    {
        var bytes = Bytes(Text(example, random), random);
        return random.Next(60) switch
        {
            0 => (Packed(bytes, stream => new GZipStream(stream, CompressionLevel.Fastest)), "gzip"),
            1 => (Packed(bytes, stream => new ZLibStream(stream, CompressionLevel.Fastest)), "deflate"),
            2 => (Packed(new byte[1_000_000], stream => new GZipStream(stream, CompressionLevel.Fastest)), "gzip"),
            3 => (bytes, "gzip"),
            _ => (bytes, null),
        };
    }

    /// <summary>The same as text: what a signed message holds.</summary>
    public static string Text(JsonNode? example, Random random)
    {
        if (example is null || random.Next(12) == 0) return HostileValues.Body(random);
        if (example is JsonValue) return Cut(example.ToString(), random);
        var copy = example.DeepClone();
        var text = "";
        for (var i = random.Next(1, 4); i > 0; i--) text = Changed(copy, random);
        return random.Next(20) == 0 ? Cut(text, random) : text;
    }

    /// <summary>One thing of the tree is replaced, left out, doubled or added to.</summary>
    private static string Changed(JsonNode root, Random random)
    {
        var places = Places(root).ToList();
        if (places.Count == 0) return HostileValues.Json(random);
        var (parent, name, at) = places[random.Next(places.Count)];
        var value = HostileValues.Json(random);
        switch (random.Next(8))
        {
            case 0 when parent is JsonObject map:
                map.Remove(name);
                return Description.Text(root);
            case 1 when parent is JsonArray list:
                list.RemoveAt(at);
                return Description.Text(root);
            case 2:
                // The same member twice, or one that nobody knows.
                var text = Description.Text(root);
                return text.StartsWith('{') ? $"{{\"{(random.Next(2) == 0 ? name : "unknown")}\":{value},{text[1..]}" : text;
            case 3 when parent is JsonArray list:
                var item = list[at];
                for (var i = random.Next(1, 300); i > 0; i--) list.Add(item?.DeepClone());
                return Description.Text(root);
            default:
                Put(parent, name, at, JsonValue.Create("@value@"));
                var marked = Description.Text(root).Replace(Mark, value, StringComparison.Ordinal);
                Put(parent, name, at, Parsed(value));
                return marked;
        }
    }

    private static void Put(JsonNode parent, string name, int at, JsonNode? value)
    {
        if (parent is JsonObject map) map[name] = value;
        else parent.AsArray()[at] = value;
    }

    /// <summary>For a second change; what is no JSON cannot stay in the tree.</summary>
    private static JsonNode? Parsed(string value)
    {
        try
        {
            return value.Contains("\\u", StringComparison.Ordinal) || value.Length > MostKept ? null : JsonNode.Parse(value);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<(JsonNode Parent, string Name, int At)> Places(JsonNode node) => node switch
    {
        JsonObject map => map.SelectMany(member => (member.Value is null ? [] : Places(member.Value)).Append((map, member.Key, 0))),
        JsonArray list => list.SelectMany((item, at) => (item is null ? [] : Places(item)).Append((list, "", at))),
        _ => [],
    };

    private static string Cut(string text, Random random)
    {
        if (text.Length == 0) return text;
        var at = random.Next(text.Length);
        return random.Next(4) switch
        {
            0 => text[..at],
            1 => text[..at] + (char)random.Next(0x80) + text[at..],
            2 => text[..at] + text[random.Next(text.Length)..],
            _ => string.Concat(text.AsSpan(0, at), HostileValues.Json(random), text.AsSpan(at)),
        };
    }

    private static byte[] Bytes(string text, Random random)
    {
        switch (random.Next(40))
        {
            case 0:
                return [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)];
            case 1:
                return Encoding.Unicode.GetBytes(text);
            case 2:
                return [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)];
            case 3:
                return Encoding.Latin1.GetBytes(text);
            case 4:
                var flipped = Encoding.UTF8.GetBytes(text);
                for (var i = random.Next(1, 6); i > 0 && flipped.Length > 0; i--)
                    flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
                return flipped;
            case 5:
                return [.. Encoding.UTF8.GetBytes(text), .. new byte[random.Next(1, 80_000)]];
            default:
                return Encoding.UTF8.GetBytes(text);
        }
    }

    private static byte[] Packed(byte[] bytes, Func<Stream, Stream> pack)
    {
        using var packed = new MemoryStream();
        using (var stream = pack(packed)) stream.Write(bytes);
        return packed.ToArray();
    }
}
