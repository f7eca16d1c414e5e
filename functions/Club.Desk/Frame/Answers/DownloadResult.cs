using Microsoft.AspNetCore.Http;

namespace Club.Desk.Frame;

/// <summary>A file that a browser keeps.</summary>
internal sealed class DownloadResult(Reply.Download file) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        PageHeaders.Add(response.Headers);
        response.ContentType = file.Type;
        response.Headers.ContentDisposition = $"attachment; filename=\"{file.Name}\"";
        await file.Write(response.Body, httpContext.RequestAborted);
    }
}
