using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Club.Tests.Cosmos;

/// <summary>An answer of the gateway, with the headers that the client looks for.</summary>
internal sealed class GatewayAnswer(int status, int substatus = 0)
{
    private readonly Dictionary<string, string> _headers = [];
    private byte[]? _body;
    private string _type = "application/json";

    public static GatewayAnswer Refused(GatewayRefusal refusal) => Refused(refusal.Status, refusal.Substatus, refusal.Message);

    public static GatewayAnswer Refused(int status, int substatus, string message) =>
        new GatewayAnswer(status, substatus).Json(new { code = ((HttpStatusCode)status).ToString(), message })
            .With("x-ms-request-charge", "1");

    /// <summary>A list as the service gives it.</summary>
    public static GatewayAnswer Feed(string name, IReadOnlyList<JsonElement> items, string rid) =>
        new GatewayAnswer(200).Json(new Dictionary<string, object> { ["_rid"] = rid, [name] = items, ["_count"] = items.Count })
            .With("x-ms-item-count", items.Count.ToString(CultureInfo.InvariantCulture));

    public static GatewayAnswer NotModified() => new GatewayAnswer(304).With("x-ms-item-count", "0");

    public GatewayAnswer Json(object value)
    {
        _body = JsonSerializer.SerializeToUtf8Bytes(value);
        return this;
    }

    public GatewayAnswer Bytes(byte[] body)
    {
        (_body, _type) = (body, "application/octet-stream");
        return this;
    }

    public GatewayAnswer With(string header, string value)
    {
        _headers[header] = value;
        return this;
    }

    public GatewayAnswer Charged(double units) => With("x-ms-request-charge", units.ToString(CultureInfo.InvariantCulture));

    public HttpResponseMessage To(HttpRequestMessage request)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { RequestMessage = request,
            Content = new ByteArrayContent(_body ?? []) };
        if (_body is not null) response.Content.Headers.ContentType = new MediaTypeHeaderValue(_type);
        response.Headers.TryAddWithoutValidation("x-ms-activity-id", Guid.NewGuid().ToString());
        if (substatus != 0) response.Headers.TryAddWithoutValidation("x-ms-substatus", substatus.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in _headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }
}
