using System.Text;
using System.Text.Json.Nodes;
using Club.Edges.Site;

namespace Club.Azure.Tests.Hosts;

/// <summary>One call of the list that both hosts are sent. Names in braces stand for what an earlier answer said.</summary>
/// <param name="Function">The function; <c>Transactions</c> takes its body as messages of the queue, a line each.</param>
/// <param name="Body">Null: none.</param>
/// <param name="Remember">What later calls name: name = path in the answer, such as <c>r=items.sourceId:A-3.id</c>.</param>
internal sealed record Call(string Function, string Verb, string Path, string? Body = null, string? Remember = null)
{
    private const string WebsiteSecret = "whsec_cGxhY2Vob2xkZXItZm9yLXRoZS13ZWJob29rLWtleSE=";

    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>The website's delivery id, with which the body is signed.</summary>
    public string? Delivery { get; init; }

    /// <summary>Whether the staff key is shown.</summary>
    public bool WithKey { get; init; } = true;

    /// <summary>Sent in pieces, so that its length is not told beforehand.</summary>
    public bool Chunked { get; init; }

    public override string ToString() => $"{Function}: {Verb} {Path} {(Body is { Length: > 120 } ? Body[..120] + "…" : Body)}";

    public HttpRequestMessage ToRequest(IReadOnlyDictionary<string, string> known)
    {
        var request = new HttpRequestMessage(new HttpMethod(Verb), Fill(Path, known));
        if (Body is not null)
        {
            var bytes = Encoding.UTF8.GetBytes(Fill(Body, known));
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.TransferEncodingChunked = Chunked ? true : null;
            if (Delivery is not null) Sign(request, bytes, Delivery);
        }
        foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, Fill(value, known));
        return request;
    }

    public IEnumerable<string> Messages(IReadOnlyDictionary<string, string> known) => Fill(Body!, known).Split('\n');

    public void Note(JsonNode? answer, Dictionary<string, string> known)
    {
        if (Remember?.Split('=') is not [var name, var path]) return;
        foreach (var part in path.Split('.'))
            answer = part.Split(':') is [var key, var value] ? answer!.AsArray().First(item => (string?)item![key] == value)
                : answer![part];
        known[name] = answer!.ToString();
    }

    private static string Fill(string text, IReadOnlyDictionary<string, string> known)
    {
        foreach (var (name, value) in known) text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        return text;
    }

    private static void Sign(HttpRequestMessage request, byte[] body, string delivery)
    {
        var headers = StandardWebhook.Sign(delivery, DateTimeOffset.UtcNow, body, WebhookSecret.Parse(WebsiteSecret).Value);
        request.Headers.Add(WebhookHeaders.IdName, headers.Id);
        request.Headers.Add(WebhookHeaders.TimestampName, headers.Timestamp);
        request.Headers.Add(WebhookHeaders.SignatureName, headers.Signature);
    }
}
