using System.Text.Json;

namespace Club.Tests.Edges;

/// <summary>The published inputs and outputs of the protocols.</summary>
internal static class Vectors
{
    private static readonly JsonElement Root = JsonElement.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "protocols.json")));

    public static IEnumerable<JsonElement> WeChat(string kind) =>
        Root.GetProperty("wechat").EnumerateArray().Where(v => v.Text("kind") == kind);
    public static JsonElement WeChatById(string id) => Root.GetProperty("wechat").EnumerateArray().Single(v => v.Text("id") == id);
    public static IEnumerable<JsonElement> Webhooks(string list) => Root.GetProperty("standardWebhooks").GetProperty(list).EnumerateArray();
    public static IEnumerable<JsonElement> Vins => Root.GetProperty("vin").EnumerateArray();
    public static IEnumerable<JsonElement> Phones => Root.GetProperty("phoneCn").GetProperty("cases").EnumerateArray();
    public static IEnumerable<JsonElement> Segments => Root.GetProperty("smsSegments").EnumerateArray();

    public static string Text(this JsonElement vector, string name) => vector.GetProperty(name).GetString()!;
    public static string? TextOrNone(this JsonElement vector, string name) =>
        vector.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>Rows of one text column, so that every vector shows under its own name.</summary>
    public static Xunit.TheoryData<string> Names(IEnumerable<JsonElement> vectors, string name)
    {
        var rows = new Xunit.TheoryData<string>();
        foreach (var vector in vectors) rows.Add(vector.Text(name));
        return rows;
    }
}
