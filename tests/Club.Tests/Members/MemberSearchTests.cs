using System.Net;
using System.Text.Json.Nodes;
using Club.Local;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Tests.Members;

/// <summary>What staff find over HTTP when they ask by more than one criterion.</summary>
public sealed class MemberSearchTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private LocalHost _host = null!;
    private StaffClient _staff = null!;
    private string _first = "";

    public async ValueTask InitializeAsync()
    {
        _host = LocalHost.Build(LocalSettings.Of(TestHost.Settings(_directory.Path, new() { ["Club__Programme"] = "foton" })),
            ClubComposition.Club with { Pacing = TestHost.Hasty });
        await _host.Start(TestContext.Current.CancellationToken);
        _staff = new StaffClient(_host.HttpAddress);
        for (var i = 0; i < 12; i++)
        {
            var (_, body) = await _staff.Register(new
            {
                phone = $"138000500{i:D2}", name = i % 2 == 0 ? "王伟" : "李娜", dealerId = i % 3 == 0 ? "D021" : "D022",
                    hobbies = new[] { "自驾", i % 4 == 0 ? "摄影" : "茶" },
                vehicles = new[] { new { model = "明锐", plate = $"京A123{i:D2}" } },
            });
            if (i == 0) _first = (string)body["memberId"]!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _staff.Dispose();
        await _host.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("name=王伟", 6)]
    [InlineData("name=王伟&dealerId=D021", 2)]
    [InlineData("dealerId=D021&name=王伟", 2)]
    [InlineData("name=王伟&dealerId=D022", 4)]
    [InlineData("name=王伟&dealerId=D023", 0)]
    [InlineData("hobby=自驾&hobby=摄影", 3)]
    [InlineData("hobby=摄影&dealerId=D021&status=member", 1)]
    [InlineData("dealerId=D021&status=left", 0)]
    [InlineData("plate=京a·123 03&name=李娜", 1)]
    [InlineData("plate=京a·123 03&name=王伟", 0)]
    [InlineData("phone=13800050000&dealerId=D021", 1)]
    [InlineData("phone=13800050000&dealerId=D022", 0)]
    [InlineData("phone=13800050000&phone=13800050001", 0)]
    [InlineData("dealerId=D021&tier=ordinary", 4)]
    [InlineData("dealerId=D021&tier=gold", 0)]
    [InlineData("phone=13800050000&tier=gold", 0)]
    public async Task Every_criterion_holds(string query, int found) => Assert.Equal(found, (await All(query, 200)).Count);

    [Theory]
    [InlineData("name=王伟&dealerId=D022", 4)]
    [InlineData("dealerId=D022&tier=ordinary", 8)]
    public async Task Pages_of_a_search_by_several_criteria_skip_and_repeat_nobody(string query, int found)
    {
        var ids = await All(query, 1);
        Assert.Equal(found, ids.Count);
        Assert.Equal(found, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_tier_beside_another_criterion_is_the_one_held_now()
    {
        using var http = new HttpClient { BaseAddress = _host.HttpAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/members/{_first}/tier")
        {
            Content = new StringContent("""{"tier":"gold","until":"2099-12-31","reason":"合作","author":"A017"}"""),
                Headers = { { "x-functions-key", DevelopmentKeys.Functions } },
        };
        using var granted = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, granted.StatusCode);
        Assert.Equal([_first], await All("dealerId=D021&tier=gold", 200));
        Assert.Equal([_first], await All("tier=gold", 200));
        Assert.Equal(3, (await All("dealerId=D021&tier=ordinary", 200)).Count);
    }

    [Theory]
    [InlineData("name=王伟&dealerId=", "invalid-query")]
    [InlineData("tier=gold&tier=silver", "invalid-query")]
    [InlineData("phone=1&dealerId=D021", "phone-invalid")]
    public async Task A_criterion_that_says_nothing_is_refused(string query, string code) =>
        Assert.Equal(code, (string?)(await _staff.Get($"/api/members?{query}", HttpStatusCode.BadRequest))["code"]);

    [Fact]
    public async Task A_continuation_belongs_to_its_search()
    {
        var page = await _staff.Get("/api/members?name=王伟&dealerId=D022&limit=1");
        var other = $"/api/members?name=王伟&dealerId=D021&limit=1&continuation={Uri.EscapeDataString((string)page["continuation"]!)}";
        Assert.Equal("invalid-continuation", (string?)(await _staff.Get(other, HttpStatusCode.BadRequest))["code"]);
    }

    private async Task<List<string>> All(string query, int limit)
    {
        var (ids, continuation) = (new List<string>(), (string?)null);
        do
        {
            JsonNode page = await _staff.Get(
                $"/api/members?{query}&limit={limit}{(continuation is null ? "" : $"&continuation={Uri.EscapeDataString(continuation)}")}");
            ids.AddRange(page["items"]!.AsArray().Select(item => (string)item!["memberId"]!));
            continuation = (string?)page["continuation"];
        } while (continuation is not null);
        return ids;
    }
}
