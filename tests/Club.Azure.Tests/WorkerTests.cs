using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Club.Azure.Tests.Cloud;
using Club.Azure.Tests.Worker.Rpc;
using Club.Tests.Support;
using Xunit;

namespace Club.Azure.Tests;

/// <summary>The club's ordinary day in the compiled worker: registrations, transactions, timers, SMS, files.</summary>
public sealed class WorkerTests(AzureClub club)
{
    [Fact]
    public async Task A_registration_is_made_once()
    {
        var first = await club.Register(new { phone = "13800010001", name = "王伟" }, "msg_once");
        var again = await club.Register(new { phone = "13800010001", name = "王伟" }, "msg_once");
        var known = await club.Register(new { phone = "+86 138 0001 0001" });
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, again.Status, known.Status));
        Assert.Equal(first.Body.ToJsonString(), again.Body.ToJsonString());
        Assert.Equal(first.Body.ToJsonString(), known.Body.ToJsonString());
    }

    [Fact]
    public async Task A_batch_books_what_is_new_parks_who_is_unknown_and_keeps_what_is_wrong()
    {
        var member = await club.Member("13800010002");
        string[] batch =
        [
            Events.Bill("B-1", "13800010002"), Events.Bill("B-1", "13800010002"), Events.Bill("B-2", "13800019999"),
                Events.Bill("B-3", "13800010002", time: "soon"), "no event",
            Events.Bill("B-4", "13800010002", lines: [Events.Line("1", "parts", 100m)]),
        ];
        var response = await club.Host.Invoke("Transactions", batch);
        Assert.Equal(StatusResult.Types.Status.Success, response.Result.Status);

        Assert.Equal(5.9m, await Available(member));
        Assert.Equal(["B-4", "B-1"], (await Items("MemberEntries", $"/api/members/{member}/entries")).Select(entry =>
            (string?)entry!["sourceId"]));
        Assert.Contains(await Items("Parked", "/api/parked"), parked => (string?)parked!["sourceId"] == "B-2");
        var rejections = await Items("Rejections", "/api/rejections?limit=200");
        Assert.Contains(rejections, rejection => (string?)rejection!["sourceId"] == "B-3");
        Assert.Contains(rejections, rejection => (string?)rejection!["code"] == "malformed-json");
    }

    [Fact]
    public async Task Messages_of_the_queue_reach_the_ledger()
    {
        var member = await club.Member("13800010003");
        await club.Send([.. Enumerable.Range(0, 250)
            .Select(i => Events.Bill(string.Create(CultureInfo.InvariantCulture, $"Q-{i}"), "13800010003",
            lines: [Events.Line("1", "parts", 100m)]))]);
        Assert.Equal(250m, await Available(member));
        Assert.Equal(0, club.Queues.DeadLettered);
    }

    [Theory]
    [InlineData("CareTimer")]
    [InlineData("TierTimer")]
    [InlineData("PointsTimer")]
    public async Task A_timer_runs_to_its_last_work_message(string timer)
    {
        var before = club.Listener.Deliveries.GetValueOrDefault("Work");
        var response = await club.Host.RunTimer(timer);
        Assert.Equal(StatusResult.Types.Status.Success, response.Result.Status);
        await club.Quiet();
        Assert.True(club.Listener.Deliveries["Work"] - before >= 64, "One message per bucket.");
        Assert.Equal(0, club.Queues.DeadLettered);
    }

    [Fact]
    public async Task A_planned_SMS_leaves_with_the_token_of_the_apps_identity()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(),
            "The worker trusts this run's certificate by SSL_CERT_FILE, which only OpenSSL reads.");
        var member = await club.Member("13800010004");
        await club.Host.RunTimer("CareTimer");
        await club.Quiet();
        var record = Assert.Single(await Items("Sms", $"/api/sms?memberId={member}"));
        var posted = Assert.Single(club.Sms.Posted, sms => (string?)sms.Body["smsRecipients"]![0]!["to"] == "+8613800010004");

        Assert.Equal("sent", (string?)record!["state"]);
        Assert.Equal("Bearer " + SmsEndpoint.Token, posted.Authorization);
        Assert.Equal("placeholder-sender", (string?)posted.Body["from"]);
        Assert.Equal((string?)record["text"], (string?)posted.Body["message"]);
        Assert.True(Guid.TryParse((string?)posted.Body["smsRecipients"]![0]!["repeatabilityRequestId"], out _));
    }

    [Fact]
    public async Task A_statement_is_kept_as_a_blob()
    {
        Assert.SkipWhen(AzureClub.BlobEmulator is null, "CLUB_BLOBS is not set.");
        var member = await club.Member("13800010005");
        await club.Send(Events.Bill("S-1", "13800010005"));
        var month = DateTimeOffset.UtcNow.AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post,
            $"/api/members/{member}/statements") { Content = new StringContent($$"""{"month":"{{month}}"}""", Encoding.UTF8,
            "application/json") };
        using var made = await club.Host.Send("MemberStatement", request);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var name = (string?)JsonNode.Parse(await made.Content.ReadAsStringAsync())!["file"];
        using var file = await club.Host.Send("File", new HttpRequestMessage(HttpMethod.Get, $"/api/files/{name}"));
        Assert.Equal((HttpStatusCode.OK, "text/csv"), (file.StatusCode, file.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_root_is_kept_as_blobs_and_read_from_them()
    {
        Assert.SkipWhen(AzureClub.BlobEmulator is null, "CLUB_BLOBS is not set.");
        var now = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8));
        Assert.SkipWhen(now.Hour is 0 or 23, "No root is made in the night's first hour, and none is looked for over midnight.");
        var member = await club.Member("13800010007");
        await club.Send(Events.Bill("P-1", "13800010007"));
        await club.Host.RunTimer("PointsTimer");
        await club.Quiet();
        var root = Assert.Single(await Items("ProofRoots", "/api/proof/roots"))!;
        var day = now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal((string?)root["root"], (string?)Assert.Single(await Items("ProofRoots", $"/api/proof/roots?day={day}"))!["root"]);
        using var proof = await club.Host.Send("MemberProof", new HttpRequestMessage(HttpMethod.Get, $"/api/members/{member}/proof"));
        // Another test may have made the day's root before she had an entry; to say so the heads are read, too.
        Assert.Contains(proof.IsSuccessStatusCode ? "\"path\"" : "An entry of member", await proof.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_names_a_person_is_logged_and_nothing_for_a_call_that_went_well()
    {
        var member = await club.Member("13800010006");
        var before = club.Host.Stream.Logs.Count;
        using var found = await club.Host.Send("Members", new HttpRequestMessage(HttpMethod.Get, "/api/members?phone=13800010006"));
        Assert.Contains(member, await found.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var logs = club.Host.Stream.Logs.ToList();

        Assert.DoesNotContain(logs, log => log.Message.Contains("1380001", StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Skip(before), log => log.Message.Contains("/api/members", StringComparison.Ordinal)
            || log.Category.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.Contains(logs, log => log.Category.StartsWith("Club.", StringComparison.Ordinal)
            && log.Message.Contains(member, StringComparison.Ordinal));
    }

    private async Task<decimal> Available(string member) =>
        (await club.Get("MemberAccount", $"/api/members/{member}/account"))["wallets"]![0]!["available"]!.GetValue<decimal>();

    private async Task<JsonArray> Items(string function, string path) => (await club.Get(function, path))["items"]!.AsArray();
}
