using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Local;
using Functions.Local.Hosting;
using Functions.Local.Queue;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Club.Tests.Joining;

/// <summary>Registrations as the website sends them and transactions as partners do, against a running host on SQLite.</summary>
public sealed class RegistrationSurfaceTests : IAsyncLifetime
{
    private const string Vin = "LSVFF26R7D2123456";

    private readonly TempDirectory _directory = new();
    private LocalHost _host = null!;
    private StaffClient _staff = null!;

    public async ValueTask InitializeAsync()
    {
        _host = LocalHost.Build(LocalSettings.Of(TestHost.Settings(_directory.Path, new() { ["Club__Programme"] = "foton" })),
            ClubComposition.Club with { Pacing = TestHost.Hasty });
        await _host.Start(TestContext.Current.CancellationToken);
        _staff = new StaffClient(_host.HttpAddress);
    }

    public async ValueTask DisposeAsync()
    {
        _staff.Dispose();
        await _host.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Sixty_four_forms_of_one_phone_at_once_are_all_answered_and_make_one_member()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 64).Select(i => _staff.Register(new { phone = "13800060001", openId = $"oFan-{i}" })));
        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.OK,
            answer.Body.ToJsonString()));
        Assert.Single(answers.Select(answer => (string)answer.Body["memberId"]!).Distinct());
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
    }

    [Fact]
    public async Task Bills_and_their_returns_that_waited_are_all_booked()
    {
        string[] ids = [.. Enumerable.Range(0, 130).Select(i => string.Create(CultureInfo.InvariantCulture, $"W-{i}"))];
        await Send([.. ids.Select(id => Events.Bill(id, "13800060002", lines: [Events.Line("1", "parts", 100m)]))]);
        await Send([.. ids.Select(id => Events.Return(id, "R" + id, [new { lineId = "1", amount = 60m }]))]);
        var (status, body) = await _staff.Register(new { phone = "13800060002" });
        Assert.Equal(HttpStatusCode.Created, status);
        await _staff.Quiet();

        Assert.Empty((await _staff.Get("/api/rejections"))["items"]!.AsArray());
        Assert.Equal(130 * 0.4m, await Available(new MemberId((string)body["memberId"]!)));
    }

    [Fact]
    public async Task A_car_sold_by_VIN_is_the_owners_whoever_typed_it_first()
    {
        await Send(Events.Bill("V-1", member: new { vin = Vin }, lines: [Events.Line("1", "vehicle", 80000m, "V6菱仕")]));
        object[] vehicles = [new { vin = Vin, model = "V6菱仕" }];
        var stranger = (string)(await _staff.Register(new { phone = "13800060003", vehicles })).Body["memberId"]!;
        var owner = (string)(await _staff.Register(new { phone = "13800060004", vehicles })).Body["memberId"]!;
        var dispute = Assert.Single((await _staff.Get("/api/disputes"))["items"]!.AsArray())!;
        Assert.Equal((string)dispute["id"]!, (string?)Assert.Single((await _staff.Get("/api/parked"))["items"]!.AsArray())!["dispute"]);

        var settled = await Post($"/api/disputes/{Uri.EscapeDataString((string)dispute["id"]!)}/settle",
            new JsonObject { ["memberId"] = owner, ["reason"] = "合同", ["author"] = "A017" });
        Assert.Equal(owner, (string?)settled["memberId"]);
        Assert.Equal((0m, 200m), (await Available(new MemberId(stranger)), await Available(new MemberId(owner))));
        Assert.Empty((await _staff.Get("/api/disputes"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_number_that_comes_back_with_another_person_opens_nobodys_account()
    {
        var before = (string)(await _staff.Register(new { phone = "13800060005", name = "王伟", birthday = "1970-05-06" })).Body["memberId"]!;
        var (status, after) = await _staff.Register(new { phone = "13800060005", name = "李娜", birthday = "1999-08-09", openId = "oNew" });
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.NotEqual(before, (string)after["memberId"]!);
        Assert.Equal("138****0005", (string?)Assert.Single((await _staff.Get("/api/disputes"))["items"]!.AsArray())!["phone"]);
    }

    private async Task Send(params string[] messages)
    {
        await _host.Services.GetRequiredService<DurableQueues>()
            .Find("transactions")!.Append([.. messages.Select(message => new NewMessage(message))]);
        await _staff.Quiet();
    }

    private async Task<decimal> Available(MemberId memberId) =>
        (await _staff.Get($"/api/members/{memberId}/account"))["wallets"]![0]!["available"]!.GetValue<decimal>();

    private async Task<JsonNode> Post(string path, JsonNode body)
    {
        using var http = new HttpClient { BaseAddress = _host.HttpAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post,
            path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Add("x-functions-key", DevelopmentKeys.Functions);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }
}
