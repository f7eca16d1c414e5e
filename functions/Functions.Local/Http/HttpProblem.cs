using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Functions.Local.Http;

/// <summary>An RFC 9457 answer with a stable <c>code</c>.</summary>
internal static class HttpProblem
{
    public static async Task Write(HttpContext context, int status, string code, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("type", "about:blank");
        json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
        json.WriteNumber("status", status);
        json.WriteString("code", code);
        json.WriteString("detail", detail);
        json.WriteEndObject();
    }
}
