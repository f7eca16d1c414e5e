using System.Text.Json.Nodes;

namespace Club.Docs.Tests.Descriptions;

/// <summary>Every member of a message left out, made null, blank or of another type, and pushed to the limits of texts and numbers and
/// beyond.</summary>
internal static class Changes
{
    public static IEnumerable<(string What, JsonNode Changed)> Of(JsonNode payload)
    {
        foreach (var path in Description.All(payload).SelectMany(place => place).Where(member => member.Value is not null)
            .Select(member => member.Value!.GetPath()).ToList())
        {
            yield return ($"{path} left out", Changed(payload, path, remove: true));
            foreach (var value in Values())
                yield return ($"{path} = {(value is null ? "null" : Short(value.ToJsonString()))}", Changed(payload, path, value));
        }
    }

    private static IEnumerable<JsonNode?> Values() =>
    [
        null, JsonValue.Create(""), JsonValue.Create("  "), JsonValue.Create("some text"), JsonValue.Create(new string('x', 64)),
            JsonValue.Create(new string('x', 65)),
        JsonValue.Create(new string('x', 128)), JsonValue.Create(new string('x', 129)), JsonValue.Create(new string('x', 512)),
        JsonValue.Create(new string('x', 513)), JsonValue.Create(true),
        JsonValue.Create(0), JsonValue.Create(-1), JsonValue.Create(1.5m), JsonValue.Create(3660), JsonValue.Create(3661),
        JsonValue.Create(1_000_000), JsonValue.Create(1_000_001),
        JsonValue.Create(100_000_000), JsonValue.Create(100_000_001), new JsonArray(), new JsonObject(), new JsonArray(1),
        new JsonArray(new JsonObject()),
    ];

    private static JsonNode Changed(JsonNode payload, string path, JsonNode? value = null, bool remove = false)
    {
        var root = payload.DeepClone();
        var place = Description.All(root).First(candidate => candidate.Any(member => member.Value?.GetPath() == path));
        var name = place.First(member => member.Value?.GetPath() == path).Key;
        if (remove) place.Remove(name);
        else place[name] = value?.DeepClone();
        return root;
    }

    private static string Short(string text) => text.Length < 40 ? text : $"{text[..20]}… ({text.Length})";
}
