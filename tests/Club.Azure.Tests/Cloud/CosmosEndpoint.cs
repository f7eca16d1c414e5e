using Club.Tests.Cosmos;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Club.Azure.Tests.Cloud;

/// <summary>The gateway in memory behind HTTPS, so that another process can be its client.</summary>
internal sealed class CosmosEndpoint(Gateway gateway) : IDisposable
{
    private readonly HttpMessageInvoker _gateway = new(gateway);

    public async Task Answer(HttpContext context)
    {
        try
        {
            await Forward(context);
        }
        catch (Exception fault) when (fault is HttpRequestException || context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    public void Dispose() => _gateway.Dispose();

    private async Task Forward(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method),
            context.Request.GetEncodedUrl()) { Content = new ByteArrayContent(await Body(context)) };
        foreach (var (name, values) in context.Request.Headers)
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        using var response = await _gateway.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
            if (!name.StartsWith("Transfer", StringComparison.Ordinal)) context.Response.Headers[name] = values.ToArray();
        var body = await response.Content.ReadAsByteArrayAsync(context.RequestAborted);
        if (context.Response.StatusCode is not (204 or 304)) await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static async Task<byte[]> Body(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }
}
