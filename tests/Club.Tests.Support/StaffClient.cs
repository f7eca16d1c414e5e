using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Edges.Site;
using Club.Local;
using Functions.Local.Hosting;

namespace Club.Tests.Support;

/// <summary>Calls a host over HTTP with the development keys, as staff and as the website.</summary>
public sealed class StaffClient(Uri host, TimeProvider? time = null) : IDisposable
{
    private static readonly WebhookSecret Secret = WebhookSecret.Parse(ClubDevelopmentKeys.WebhookSecret).Value;
    private readonly HttpClient _http = new() { BaseAddress = host };
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public async Task<JsonNode> Get(string path, HttpStatusCode expected = HttpStatusCode.OK) =>
        await Send(HttpMethod.Get, path, null, expected);

    public async Task<JsonNode> Post(string path, HttpStatusCode expected = HttpStatusCode.OK) =>
        await Send(HttpMethod.Post, path, "", expected);

    public Task<(HttpStatusCode Status, JsonNode Body)> Register(object data, string? id = null, string type = "member.registered") =>
        Webhook(JsonSerializer.Serialize(new { type, timestamp = _time.GetUtcNow(), data }), id);

    public async Task<(HttpStatusCode Status, JsonNode Body)> Webhook(string json, string? id = null)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var headers = StandardWebhook.Sign(id ?? $"msg_{Guid.NewGuid():N}", _time.GetUtcNow(), body, Secret);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/registrations") { Content = new ByteArrayContent(body) };
        request.Headers.Add(WebhookHeaders.IdName, headers.Id);
        request.Headers.Add(WebhookHeaders.TimestampName, headers.Timestamp);
        request.Headers.Add(WebhookHeaders.SignatureName, headers.Signature);
        using var response = await _http.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>Waits until no message is left in any queue.</summary>
    public async Task Quiet()
    {
        while ((await Get("/admin/queues"))["queues"]!.AsArray().Any(queue => queue!["active"]!.GetValue<long>() > 0)) await Task.Delay(20);
    }

    private async Task<JsonNode> Send(HttpMethod method, string path, string? body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body);
        request.Headers.Add("x-functions-key", DevelopmentKeys.Functions);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (response.StatusCode != expected) throw new HttpRequestException($"{method} {path} answered {(int)response.StatusCode}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public void Dispose() => _http.Dispose();
}
