using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Club.Access;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>What came back, and the page where it is one.</summary>
internal sealed record Seen(HttpResponseMessage Answer, string Text)
{
    public HttpStatusCode Status => Answer.StatusCode;

    public IDocument Page => new HtmlParser().ParseDocument(Text);

    public string? LeadsTo => Answer.Headers.Location?.OriginalString;

    public string Header(string name) => string.Join(',', Answer.Headers.TryGetValues(name, out var values) ? values
        : Answer.Content.Headers.TryGetValues(name, out values) ? values : []);
}

/// <summary>Somebody at the console: asks for pages and sends forms as a browser would, and follows nothing by itself.</summary>
internal sealed class Browser : IDisposable
{
    public const string Base = "/api/console";
    private readonly HttpClient _http;

    public Browser(ClubHost host, string? token = null)
    {
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Http.BaseAddress };
        Cookie = token is null ? null : $"club-console={token}";
    }

    public string? Cookie { get; init; }

    public string Language { get; init; } = "zh-CN";

    /// <summary>A browser of somebody who has signed in.</summary>
    public static Browser Of(ClubHost host, Role role, string? scope = null, string language = "zh-CN") =>
        new(host, TokenOf(host, role, scope)) { Language = language };

    public static string TokenOf(ClubHost host, Role role, string? scope = null) => host.Get<ClubTokens>()
        .ForStaff(role, "李娜", role is Role.Director or Role.Advisor or Role.Partner ? scope ?? "D021" : null, TimeSpan.FromHours(1)).Value.Token;

    public Task<Seen> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, Base + path));

    /// <param name="site">What the browser says of where the form came from; null: an old one, which says nothing but the origin.</param>
    /// <param name="origin">Null: the console's own.</param>
    public Task<Seen> Post(string path, Dictionary<string, string>? form = null, string? site = "same-origin", string? origin = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Base + path) { Content = new FormUrlEncodedContent(form ?? []) };
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        request.Headers.Add("Origin", origin ?? _http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return Send(request);
    }

    public async Task<Seen> Send(HttpRequestMessage request)
    {
        if (Cookie is not null) request.Headers.Add("Cookie", Cookie);
        request.Headers.Add("Accept-Language", Language);
        var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Seen(answer, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>A host with members of two dealers, and work that waits; shared by the tests of a class.</summary>
public sealed class DeskClub : IAsyncLifetime
{
    internal ClubHost Host { get; private set; } = null!;

    /// <summary>Of dealer D021, and of D022.</summary>
    public string Own { get; private set; } = "";
    public string Other { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Host = await ClubHost.Start();
        Own = await Register(new { phone = "13800138001", name = "李明", dealerId = "D021", city = "上海", hobbies = new[] { "自驾" },
            vehicles = new[] { new { vin = "LSJA24U62JG269225", model = "明锐", plate = "沪A12345" } } });
        Other = await Register(new { phone = "13800138002", name = "王伟", dealerId = "D022" });
        await Host.Get<Club.Transactions.Accrue>().Handle([Events.Bill("WO-1", "13800138001", time: "2026-01-02T10:20:00+08:00")], TestContext.Current.CancellationToken);
    }

    internal async Task<string> Register(object data)
    {
        var (_, body) = await Host.Staff.Register(data);
        return (string)body["memberId"]!;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
