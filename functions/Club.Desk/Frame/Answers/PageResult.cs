using Club.Desk.Parts;
using Club.Desk.Words;
using Club.Store;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Club.Desk.Frame;

/// <summary>A page, rendered on the server, with the console around it.</summary>
internal sealed class PageResult(Visit visit, Reply.Page page) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => page.Status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var html = await Rendering.Page(httpContext.RequestServices, visit, page.Title, page.Component, page.Model);
        var response = httpContext.Response;
        Rendering.Begin(response, page.Status);
        if (page.Status == StatusCodes.Status503ServiceUnavailable) response.Headers.RetryAfter = "1";
        await response.WriteAsync(html, httpContext.RequestAborted);
    }
}

/// <summary>The top of a page at once, its pieces as they come: a browser shows what it has.</summary>
internal sealed class StreamResult(Visit visit, Reply.Stream stream) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var place = stream.Enter();
        if (place is null)
        {
            await new PageResult(visit, stream.Busy).ExecuteAsync(httpContext);
            return;
        }
        var cancellation = httpContext.RequestAborted;
        var page = await Rendering.Page(httpContext.RequestServices, visit, stream.Title, typeof(StreamPlace), null);
        var middle = page.IndexOf(StreamPlace.Marker, StringComparison.Ordinal);
        Rendering.Begin(httpContext.Response, StatusCodes.Status200OK);
        await httpContext.Response.WriteAsync(page[..middle], cancellation);
        try
        {
            await foreach (var (component, model) in stream.Pieces(cancellation)) await Write(httpContext, component, model);
        }
        catch (StoreException)
        {
            // The status is out; the page can only say what became of it.
            await Write(httpContext, typeof(Refusal), new RefusalModel(FrameWords.StoreSilent, FrameWords.TryAgain));
        }
        await httpContext.Response.WriteAsync(page[(middle + StreamPlace.Marker.Length)..], cancellation);
    }

    private async Task Write(HttpContext httpContext, Type component, object? model)
    {
        var html = await Rendering.Piece(httpContext.RequestServices, visit, component, model);
        await httpContext.Response.WriteAsync(html, httpContext.RequestAborted);
        await httpContext.Response.Body.FlushAsync(httpContext.RequestAborted);
    }
}

/// <summary>On to another address, by GET.</summary>
internal sealed class SeeOther(string to) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        PageHeaders.Add(httpContext.Response.Headers);
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = to;
        return Task.CompletedTask;
    }
}

internal static class Rendering
{
    public static void Begin(HttpResponse response, int status)
    {
        PageHeaders.Add(response.Headers);
        (response.StatusCode, response.ContentType) = (status, "text/html; charset=utf-8");
    }

    public static Task<string> Page(IServiceProvider services, Visit visit, Said title, Type component, object? model) =>
        Render<Shell>(services, new() { [nameof(Shell.Visit)] = visit, [nameof(Shell.Title)] = title, [nameof(Shell.Content)] = component,
            [nameof(Shell.Model)] = model });

    public static Task<string> Piece(IServiceProvider services, Visit visit, Type component, object? model) =>
        Render<Piece>(services, new() { [nameof(Parts.Piece.Visit)] = visit, [nameof(Parts.Piece.Content)] = component,
            [nameof(Parts.Piece.Model)] = model });

    private static async Task<string> Render<T>(IServiceProvider services, Dictionary<string, object?> parameters) where T : IComponent
    {
        await using var renderer = new HtmlRenderer(new WithoutNavigation(services), services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    /// <summary>The worker of Azure brings a navigation manager that nobody has told where it is; asked for the address of a form without
    /// one it throws, and the page is empty. Pages here have no use for one.</summary>
    private sealed class WithoutNavigation(IServiceProvider services) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(NavigationManager) ? null : services.GetService(serviceType);
    }
}
