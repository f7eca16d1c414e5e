using System.Diagnostics.Metrics;
using System.Net;
using Club.Kernel;
using Functions.Local.Hosting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Club.Tests.Local;

/// <summary>What a host writes while it is called, with the framework's own logs as loud as they get.</summary>
[Collection(nameof(LogPrivacyTests))]
[CollectionDefinition(nameof(LogPrivacyTests), DisableParallelization = true)]
public sealed class LogPrivacyTests
{
    private static readonly Dictionary<string, string?> Loud = new()
    {
        ["Logging__LogLevel__Microsoft"] = "Trace", ["Logging__LogLevel__Club"] = "Trace", ["Logging__LogLevel__Default"] = "Trace",
    };

    [Fact]
    public async Task At_the_loudest_level_no_phone_VIN_name_openId_or_key_is_logged()
    {
        string[] secrets = ["13800138000", "LSVFF26R7D2123456", "lsvff26r7d2123456", "oAbCdEfGhIjKlMnOpQrStUvWxYz0", "%E7%8E%8B%E4%BC%9F",
            "王伟", DevelopmentKeys.Functions, "a-wrong-key", "2026-secret"];
        var log = await Logged(async host =>
        {
            foreach (var query in new[] { "phone=13800138000", "phone=%2B8613800138000", "vin=LSVFF26R7D2123456", "vin=lsvff26r7d2123456",
                "openId=oAbCdEfGhIjKlMnOpQrStUvWxYz0", "name=%E7%8E%8B%E4%BC%9F", "name=王伟" })
                using (await host.Http.GetAsync($"/api/members?{query}&code={DevelopmentKeys.Functions}",
                    TestContext.Current.CancellationToken)) { }
            using (await host.Http.GetAsync("/api/members/13800138000?code=a-wrong-key", TestContext.Current.CancellationToken)) { }
            using (await host.Http.GetAsync("/api/members/LSVFF26R7D2123456/oAbCdEfGhIjKlMnOpQrStUvWxYz0?x=2026-secret",
                TestContext.Current.CancellationToken)) { }
        });
        Assert.Contains("/api/members", log);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log));
    }

    [Theory]
    [InlineData("GET http://h/api/members?phone=13800138000&code=k1 - 200", "GET http://h/api/members?phone=***&code=*** - 200")]
    [InlineData("x-functions-key: abc", "x-functions-key: ***")]
    [InlineData("GET /api/files/eyJhbGciOiJI.eyJuYW1lIjoi.c2ln - 404", "GET /api/files/eyJ*** - 404")]
    [InlineData("Authorization: Bearer a.b.c", "Authorization: ***")]
    [InlineData("of 13800138000, +86 13900139000 and 8613700137000", "of 138****8000, +86 139****9000 and 86137****7000")]
    [InlineData("VIN LSVFF26R7D2123456.", "VIN LSV**********3456.")]
    [InlineData("Member M0D4Q8ZK2T7WXB3RV of claim:phone:abc, 17 digits 12345678901234567",
        "Member M0D4Q8ZK2T7WXB3RV of claim:phone:abc, 17 digits 12345678901234567")]
    [InlineData("card 183538541322, trace 4bf92f3577b34da6a3ce929d0e0e4736", "card 183538541322, trace 4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("fan oAbCdEfGhIjKlMnOpQrStUvWxYz0!", "fan o***!")]
    public void A_line_keeps_what_helps_and_loses_what_tells_of_persons(string written, string logged) =>
        Assert.Equal(logged, LogMask.Of(written));

    [Fact]
    public async Task Failed_logins_leave_a_trace_without_what_was_shown()
    {
        var counted = new List<string?>();
        using var meter = new MeterListener();
        meter.InstrumentPublished = (instrument, listener) =>
            { if (instrument.Name == "club.refusals") listener.EnableMeasurementEvents(instrument); };
        meter.SetMeasurementEventCallback<long>((_, _, tags, _) => { lock (counted) counted.Add(tags[0].Value?.ToString()); });
        meter.Start();
        var log = await Logged(async host =>
        {
            using (await host.Http.GetAsync("/api/members?phone=13800138000&code=guess-1", TestContext.Current.CancellationToken)) { }
            using (await host.Http.GetAsync("/admin/queues", TestContext.Current.CancellationToken)) { }
            Assert.Equal(HttpStatusCode.Unauthorized, (await host.PlainWeChat("<xml/>", 5)).Status);
        }, new() { ["Logging__LogLevel__Club"] = "Warning" });
        Assert.Contains("Refused GET /api/members from 127.0.0.1: it showed another key", log);
        Assert.Contains("Refused GET /admin/queues from 127.0.0.1: it showed no key", log);
        Assert.Contains("Refused POST /api/wechat from 127.0.0.1: its signature does not hold, or no longer", log);
        Assert.DoesNotContain("guess-1", log);
        lock (counted) Assert.Superset(new HashSet<string?> { "unauthorized", "wechat-timestamp" }, counted.ToHashSet());
    }

    [Fact]
    public async Task Whoever_tries_keys_does_not_fill_the_log()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 4, 0, 30, TimeSpan.Zero));
        var log = await Logged(async host =>
        {
            for (var i = 0; i < 100; i++)
                using (await host.Http.GetAsync($"/api/parked?code={i}", TestContext.Current.CancellationToken)) { }
            time.Advance(TimeSpan.FromMinutes(1));
            using (await host.Http.GetAsync("/api/parked", TestContext.Current.CancellationToken)) { }
        }, new() { ["Logging__LogLevel__Club"] = "Warning", ["Limits__WrongPerAddress"] = "0" }, time);
        Assert.Equal(21, log.Split("Refused GET /api/parked").Length - 1);
        Assert.Contains("80 more calls were refused", log);
    }

    private static async Task<string> Logged(Func<ClubHost, Task> calls, Dictionary<string, string?>? settings = null,
        TimeProvider? time = null)
    {
        var before = Console.Out;
        using var written = new StringWriter();
        Console.SetOut(TextWriter.Synchronized(written));
        try
        {
            await using var host = await ClubHost.Start(settings ?? Loud, time);
            await calls(host);
        }
        finally
        {
            Console.SetOut(before);
        }
        return written.ToString();
    }
}
