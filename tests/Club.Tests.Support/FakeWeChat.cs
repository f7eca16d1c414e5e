using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Club.Tests.Support;

/// <summary>WeChat's API on this machine, as its pages describe it: one stable token, template messages, and whatever code a test wants.</summary>
internal sealed class FakeWeChat : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private int _number = 1;

    private FakeWeChat(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>Each asking for a token: whether it was forced.</summary>
    public ConcurrentQueue<bool> Tokens { get; } = [];

    /// <summary>Each body that a good token brought.</summary>
    public ConcurrentQueue<JsonNode> Sent { get; } = [];

    /// <summary>What is answered next, before what it would answer; 500 and above is a status.</summary>
    public ConcurrentQueue<int> Codes { get; } = [];

    public static async Task<FakeWeChat> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var fake = new FakeWeChat(builder.Build());
        fake._app.MapPost("/cgi-bin/stable_token", fake.Token);
        fake._app.MapPost("/cgi-bin/message/template/send", fake.Send);
        await fake._app.StartAsync();
        return fake;
    }

    /// <summary>The token is good no more, though its time is not over.</summary>
    public void GiveUpToken()
    {
        lock (_lock) _number++;
    }

    /// <summary>What a club needs to call it.</summary>
    public Dictionary<string, string?> Settings => new() { ["WeChat:AppSecret"] = "a secret of the tests", ["WeChat:ApiUrl"] = Address };

    private async Task<IResult> Token(HttpRequest request)
    {
        var body = (await JsonNode.ParseAsync(request.Body))!;
        if ((string?)body["secret"] != "a secret of the tests" || (string?)body["grant_type"] != "client_credential") return Code(40125);
        Tokens.Enqueue((bool)body["force_refresh"]!);
        lock (_lock) return Results.Json(new { access_token = $"token-{_number}", expires_in = 7200 });
    }

    private async Task<IResult> Send(HttpRequest request)
    {
        var body = (await JsonNode.ParseAsync(request.Body))!;
        string good;
        lock (_lock) good = $"token-{_number}";
        if (request.Query["access_token"] != good) return Code(40001);
        if (Codes.TryDequeue(out var code)) return code >= 500 && code < 600 ? Results.StatusCode(code) : Code(code);
        Sent.Enqueue(body);
        return Results.Json(new { errcode = 0, errmsg = "ok", msgid = 200_000_000_000 + Sent.Count });
    }

    private static IResult Code(int code) => Results.Json(new { errcode = code, errmsg = "openid o-secret" });

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
