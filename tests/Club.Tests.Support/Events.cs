using System.Text.Json;
using System.Text.Json.Nodes;

namespace Club.Tests.Support;

/// <summary>CloudEvents that are valid unless told otherwise: the service bill of the published table, 490 of parts and 210 of
/// labour.</summary>
public static class Events
{
    public const string Source = "/dms/D021";

    public static string Bill(
        string id = "WO-88213", string phone = "13800138000", string source = Source, string time = "2026-03-02T10:20:00+08:00",
        object? member = null, object[]? lines = null, string? dealerId = "D021") => JsonSerializer.Serialize(new
        {
            specversion = "1.0", id, source, type = "club.transaction.recorded", time, datacontenttype = "application/json",
            data = new
            {
                dealerId,
                member = member ?? new { phone },
                channel = "shop",
                paymentMethod = "card",
                bookedDaysAhead = 3,
                campaign = (string?)null,
                lines = lines ?? [Line("1", "parts", 490m), Line("2", "labour", 210m)],
            },
        });

    public static object Line(string lineId, string category, decimal amount, string? model = null) =>
        new { lineId, category, amount, model, quantity = 1 };

    public static string Return(string originalId = "WO-88213", string id = "RT-1", object[]? lines = null, string source = Source,
        string time = "2026-03-02T11:00:00+08:00") =>
        JsonSerializer.Serialize(new
        {
            specversion = "1.0", id, source, type = "club.transaction.reversed", time,
            data = new { originalId, reason = "returned", lines },
        });

    public static string Confirm(string originalId = "WO-88213", string happened = "delivered", string id = "CF-1", string source = Source,
        string time = "2026-03-02T11:00:00+08:00") =>
        JsonSerializer.Serialize(new { specversion = "1.0", id, source, type = "club.transaction.confirmed", time,
            data = new { originalId, @event = happened } });

    /// <summary>The same event with one member set, removed (null) or replaced, by a path such as <c>data.lines.0.amount</c>.</summary>
    public static string With(string json, string path, JsonNode? value)
    {
        var root = JsonNode.Parse(json)!;
        var parts = path.Split('.');
        var node = root;
        foreach (var part in parts[..^1]) node = int.TryParse(part, out var index) ? node![index] : node![part];
        if (int.TryParse(parts[^1], out var last)) node!.AsArray()[last] = value;
        else if (value is null) node!.AsObject().Remove(parts[^1]);
        else node![parts[^1]] = value;
        return root.ToJsonString();
    }
}
