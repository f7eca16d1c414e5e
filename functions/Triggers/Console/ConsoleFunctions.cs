using Club.Desk.Frame;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>The console's pages. They are open to anybody as far as the host goes: the console reads the cookie of whoever has signed in by
/// the same reader as the gate, and takes her rights and her scope.</summary>
public sealed class ConsoleFunctions(FrontDesk desk)
{
    [Function("Console")]
    [Open("signing in has no token yet; every other page asks the cookie of who has signed in, by the same reader and the same rights")]
    public Task<IResult> Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "console/{*path}")] HttpRequest request,
        string? path, CancellationToken cancellation) =>
        desk.Answer(request, path, cancellation);

    [Function("ConsoleAsset")]
    [Open("style, script and icon")]
    public IResult Asset([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/assets/{name}")] HttpRequest request,
        string name) =>
        DeskAssets.Answer(name);
}
