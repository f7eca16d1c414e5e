using System.Net;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Kernel;
using Club.Running;
using Functions.Local.Queue;
using Xunit;

namespace Club.Tests.Running;

/// <summary>What was given up is listed without telling of persons, and sent again once.</summary>
public sealed class DeadLetterTests
{
    private const string Phone = "13800138001";
    private static readonly DateTimeOffset Then = new(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(8));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_goes_from_queue_to_queue_and_no_page_skips_or_repeats()
    {
        await using var club = new ClubFixture();
        foreach (var number in (long[])[3, 9, 11]) club.DeadLetters.Add("transactions", Dead(number, Events.Bill($"WO-{number}", Phone)));
        foreach (var number in (long[])[4, 9]) club.DeadLetters.Add("work", Dead(number, WorkMessage.ToFinish("claim:1")));
        string[] all = ["transactions-3", "transactions-9", "transactions-11", "work-4", "work-9"];
        var letters = club.Get<DeadLetters>();
        for (var limit = 1; limit <= 6; limit++)
        {
            var (met, continuation) = (new List<string>(), (string?)null);
            do
            {
                var (items, next) = await letters.List(null, limit, continuation, Cancellation);
                Assert.InRange(items.Count, 1, limit);
                met.AddRange(items.Select(dead => dead.Id));
                continuation = next;
            } while (continuation is not null);
            Assert.Equal(all, met);
        }
        Assert.Equal(all[3..], (await letters.List("work", 50, null, Cancellation)).Items.Select(dead => dead.Id));
        foreach (var bogus in (string[])["x", "work-", "work--1", "work-+1", "work-0", "sms-1", "work-9223372036854775807", "work-9223372036854775808", "transactions-3"])
            await Assert.ThrowsAsync<ArgumentException>(() => letters.List("work", 50, bogus, Cancellation));
    }

    [Fact]
    public async Task What_is_dropped_is_gone_and_kept_with_who_and_why()
    {
        await using var club = new ClubFixture();
        club.DeadLetters.Add("transactions", Dead(7, Events.Bill("WO-7", Phone)));
        var (letters, by) = (club.Get<DeadLetters>(), new Caller([Role.Hq], "王编辑") { Subject = "w" });
        var read = (await letters.Read("transactions-7", Cancellation))!;
        Assert.Contains("WO-7", read.Content, StringComparison.Ordinal);
        Assert.DoesNotContain(Phone, read.Content, StringComparison.Ordinal);
        Assert.Null(await letters.Drop("transactions-7", "已核对", by, Cancellation));
        Assert.Empty((await letters.List(null, 50, null, Cancellation)).Items);
        Assert.Equal("not-found", (await letters.Drop("transactions-7", "已核对", by, Cancellation))!.Code);
        foreach (var none in (string[])["transactions-8", "x", "", "work-7"]) Assert.Null(await letters.Read(none, Cancellation));
        var dropped = Assert.Single((await letters.Dropped(50, null, Cancellation)).Items);
        Assert.Equal(("transactions-7", "WO-7", "已核对", "王编辑"), (dropped.Letter.Id, dropped.Letter.SourceId, dropped.Reason, dropped.By.Name));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task It_tells_kind_and_reason_and_of_no_person()
    {
        await using var club = new ClubFixture();
        club.DeadLetters.Add("transactions", Dead(1, Events.Bill("WO-1", Phone)) with
        {
            Reason = $"TimeoutException: {Phone} was not answered. LSJA24U62JG269225", MessageId = $"/dms/D021/{Phone}",
        });
        club.DeadLetters.Add("transactions", Dead(2, "{\"type\":{},\"source\":[],\"id\":7}"));
        club.DeadLetters.Add("transactions", Dead(3, "no \ud800 JSON"));
        club.DeadLetters.Add("transactions", Dead(4, $$"""{"type":"{{new string('x', 5000)}}","id":"{{Phone}}","type":"b"}"""));
        club.DeadLetters.Add("work", Dead(5, new WorkMessage(["tiers", "points"], 3).ToJson()));
        var items = (await club.Get<DeadLetters>().List(null, 50, null, Cancellation)).Items;

        Assert.Equal(("club.transaction.recorded", "/dms/D021", "WO-1"), (items[0].Type, items[0].Source, items[0].SourceId));
        Assert.Equal("TimeoutException: 138****8001 was not answered. LSJ**********9225", items[0].Reason);
        Assert.Equal("/dms/D021/138****8001", items[0].MessageId);
        Assert.All(items.Skip(1).Take(2), dead => Assert.Equal((null, null, null), (dead.Type, dead.Source, dead.SourceId)));
        Assert.InRange(items[3].Type!.Length, 1, 300);
        Assert.Equal("tiers, points", items[4].Type);
        Assert.DoesNotContain(items, dead => $"{dead}".Contains(Phone, StringComparison.Ordinal));
    }

    /// <summary>Over HTTP, on the local queue: a message that always fails, until its cause is gone.</summary>
    [Fact]
    public async Task One_is_sent_again_by_whom_may_and_only_once()
    {
        await using var host = await ClubHost.Start();
        var queues = host.Get<DurableQueues>();
        await queues.Find("work")!.Append([new("{\"sweeps\":[\"tiers\"]", "W-1")]);
        await Eventually.True(() => DeadRows.After(queues, "work", 0, 9).Count == 1, "it is dead");
        var (hq, finance) = (RoleClient.As(host, Role.Hq), RoleClient.As(host, Role.Finance));

        var dead = Assert.Single((await finance.Get("/api/dead-letters?queue=work")).Body["items"]!.AsArray())!;
        Assert.Equal(("work", "W-1", 10), ((string?)dead["queue"], (string?)dead["messageId"], (int)dead["deliveries"]!));
        Assert.Empty((await hq.Get("/api/dead-letters?queue=transactions")).Body["items"]!.AsArray());
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-query"), Told(await hq.Get("/api/dead-letters?queue=sms")));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-continuation"), Told(await hq.Get("/api/dead-letters?continuation=work-x")));
        var again = $"/api/dead-letters/{dead["id"]}/resend";
        Assert.Equal((HttpStatusCode.Forbidden, "denied"), Told(await finance.Post(again)));

        Assert.Equal(HttpStatusCode.Accepted, (await hq.Post(again)).Status);
        Assert.Equal((HttpStatusCode.NotFound, "not-found"), Told(await hq.Post(again)));
        await Eventually.True(() => DeadRows.After(queues, "work", 0, 9).Count == 1, "it has failed once more");
        var next = Assert.Single((await hq.Get("/api/dead-letters")).Body["items"]!.AsArray())!;
        Assert.Equal("W-1", (string?)next["messageId"]);
        Assert.NotEqual((string?)dead["id"], (string?)next["id"]);
        foreach (var bogus in (string[])["work-0", "work-9999", "x", "..%2F..", "work-99999999999999999999"])
            Assert.Equal(HttpStatusCode.NotFound, (await hq.Post($"/api/dead-letters/{bogus}/resend")).Status);
        Assert.Equal((HttpStatusCode.Unauthorized, "unauthorized"), Told(await new RoleClient(host, "x").Get("/api/dead-letters")));
        var kept = (await hq.Get("/api/audit")).Body["items"]!.AsArray().Where(record => (string?)record!["action"] == "ResendDeadLetter");
        Assert.Contains(kept, record => (string?)record!["subject"] == (string?)dead["id"] && (int?)record["status"] == 202);
    }

    private static (HttpStatusCode Status, string? Code) Told((HttpStatusCode Status, JsonNode Body) answer) =>
        (answer.Status, (string?)answer.Body["code"]);

    private static DeadMessage Dead(long number, string body) => new(number, $"message {number}", Then, Then.AddHours(1), 10, "none", body);
}
