using System.Runtime.InteropServices;
using System.Text.Json;

namespace Club.Kernel;

/// <summary>A digest of what JSON says, whatever its spacing, the order of its members and the way in which texts and numbers are
/// written.</summary>
public static class ContentDigest
{
    /// <exception cref="InvalidOperationException">A text is not whole Unicode.</exception>
    public static string Of(JsonElement json)
    {
        var parts = new List<string?>();
        Add(json, parts);
        return Ids.Derived("", CollectionsMarshal.AsSpan(parts));
    }

    /// <summary>A kind before each value and a count before the many: no value passes for another.</summary>
    private static void Add(JsonElement json, List<string?> parts)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var members = json.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null)
                    .OrderBy(member => member.Name, StringComparer.Ordinal).ToArray();
                parts.Add($"object {members.Length}");
                foreach (var member in members)
                {
                    parts.Add(member.Name);
                    Add(member.Value, parts);
                }
                break;
            case JsonValueKind.Array:
                parts.Add($"array {json.GetArrayLength()}");
                foreach (var item in json.EnumerateArray()) Add(item, parts);
                break;
            case JsonValueKind.String:
                parts.AddRange(["text", json.GetString()]);
                break;
            case JsonValueKind.Number:
                parts.AddRange(["number", json.TryGetDecimal(out var number) ? (number / 1.0000000000000000000000000000m)
                    .ToString(System.Globalization.CultureInfo.InvariantCulture) : json.GetRawText()]);
                break;
            default:
                parts.Add($"{json.ValueKind}");
                break;
        }
    }
}
