using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Club.Messaging;

/// <summary>What WeChat answered.</summary>
/// <param name="Fault">There was no answer that can be read.</param>
public sealed record WeChatAnswer(JsonObject? Body, SmsResult? Fault)
{
    /// <summary>0: all is well.</summary>
    public long Code => Number("errcode") ?? 0;

    public string? Text(string name) => Body?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public long? Number(string name) => Body?[name] is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;
}

/// <summary>Calls WeChat's API. Neither addresses nor bodies are logged: they hold tokens and persons.</summary>
public sealed class WeChatHttp(IOptions<WeChatApiOptions> options) : IDisposable
{
    private const int MostBytes = 64 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false,
    })
    {
        Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = MostBytes,
    };

    public async Task<WeChatAnswer> Post(string path, JsonObject body, CancellationToken cancellation)
    {
        try
        {
            // With its length: WeChat takes no chunks.
            using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, WeChatJson.Options));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
            using var response = await _http.PostAsync(new Uri(options.Value.ApiUrl.TrimEnd('/') + path), content, cancellation);
            if (!response.IsSuccessStatusCode)
                return new WeChatAnswer(null, new SmsResult.TryLater(
                    string.Create(CultureInfo.InvariantCulture, $"WeChat answered {(int)response.StatusCode}.")));
            return JsonNode.Parse(await response.Content.ReadAsByteArrayAsync(cancellation)) is JsonObject answer
                ? new WeChatAnswer(answer, null) : Unreadable();
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException
            || fault is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return new WeChatAnswer(null, new SmsResult.TryLater($"WeChat did not answer: {fault.GetType().Name}."));
        }
        catch (JsonException)
        {
            return Unreadable();
        }
    }

    public void Dispose() => _http.Dispose();

    private static WeChatAnswer Unreadable() => new(null, new SmsResult.TryLater("WeChat answered something that is no JSON object."));
}

internal static class WeChatJson
{
    /// <summary>Chinese as it is: WeChat counts characters of the body.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
