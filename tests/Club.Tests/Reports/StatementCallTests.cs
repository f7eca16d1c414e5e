using System.Net;
using Club.Local;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Tests.Reports;

/// <summary>From the call to the file, over HTTP.</summary>
public sealed class StatementCallTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private LocalHost _host = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = LocalHost.Build(LocalSettings.Of(TestHost.Settings(_directory.Path)), ClubComposition.Club);
        await _host.Start(Cancellation);
        _http = new HttpClient { BaseAddress = _host.HttpAddress };
        _http.DefaultRequestHeaders.Add("x-functions-key", DevelopmentKeys.Functions);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Staff_have_a_statement_made_and_fetch_it()
    {
        using var staff = new StaffClient(_host.HttpAddress);
        var memberId = (string)(await staff.Register(
            new { externalId = "1", name = "王小明", phone = "13800138000", source = "website" })).Body["memberId"]!;
        using var request = new StringContent("""{"month":"2020-02"}""");
        using var made = await _http.PostAsync($"/api/members/{memberId}/statements", request, Cancellation);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal($$"""{"file":"statements/{{memberId}}/2020-02.csv"}""", await made.Content.ReadAsStringAsync(Cancellation));

        using var file = await _http.GetAsync($"/api/files/statements/{memberId}/2020-02.csv", Cancellation);
        Assert.Equal("text/csv; charset=utf-8", file.Content.Headers.ContentType?.ToString());
        Assert.Equal("2020-02.csv", file.Content.Headers.ContentDisposition?.FileName);
        Assert.Contains(",opening,club,", await file.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_directory.Path, "files", "statements", memberId, "2020-02.csv")));
    }

    [Theory]
    [InlineData("statements/nothing.csv", HttpStatusCode.NotFound)]
    [InlineData("..%2Fclub.db", HttpStatusCode.BadRequest)]
    [InlineData("a/..%2F..%2Fclub.db", HttpStatusCode.BadRequest)]
    [InlineData("%2Fetc%2Fpasswd", HttpStatusCode.BadRequest)]
    [InlineData(".writing/x", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task A_path_leads_to_no_other_file(string name, HttpStatusCode expected)
    {
        using var answer = await _http.GetAsync($"/api/files/{name}", Cancellation);
        Assert.Equal(expected, answer.StatusCode);
    }
}
