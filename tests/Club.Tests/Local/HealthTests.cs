using Club.Kernel;
using Club.Store;
using Club.Triggers;
using Functions.Local.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Club.Tests.Local;

/// <summary>What probes are told, and who may use a data directory.</summary>
public sealed class HealthTests
{
    private sealed class Waiting(double? seconds) : IBacklog
    {
        public double? OldestSeconds() => seconds;
    }

    [Fact]
    public async Task A_store_that_reads_and_keeps_nothing_more_is_not_well()
    {
        var store = new CrashingStore(new MemoryStore());
        await using var club = new ClubFixture(store: store);
        var health = club.Get<StoreHealth>();
        Assert.Null((await health.Check(TestContext.Current.CancellationToken)).OldestMessageSeconds);

        store.CrashAfter(0);
        club.Clock.Advance(TimeSpan.FromSeconds(11));
        await Assert.ThrowsAsync<StoreException>(() => health.Check(TestContext.Current.CancellationToken));
        // No old answer: the next probe is told the same.
        await Assert.ThrowsAsync<StoreException>(() => health.Check(TestContext.Current.CancellationToken));
        store.Recover();
        await health.Check(TestContext.Current.CancellationToken);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Probes_write_once_in_ten_seconds_however_often_they_ask()
    {
        await using var club = new ClubFixture();
        var health = club.Get<StoreHealth>();
        for (var second = 0; second < 30; second++)
        {
            await health.Check(TestContext.Current.CancellationToken);
            club.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal("3", (await club.Store.Read(StoreProbe.Id, StoreProbe.Id))!.ETag);
    }

    [Theory]
    [InlineData(null, 200)]
    [InlineData(899.0, 200)]
    [InlineData(901.0, 503)]
    public async Task Messages_that_nobody_works_off_are_told(double? seconds, int status)
    {
        await using var club = new ClubFixture();
        var health = new StoreHealth(club.Store, club.Clock, [new Waiting(null), new Waiting(seconds)]);
        var context = new DefaultHttpContext { RequestServices = club.Get<IServiceProvider>(), Response = { Body = new MemoryStream() } };
        await (await ActivatorUtilities.CreateInstance<OperationFunctions>(context.RequestServices, health)
            .Health(context.Request, TestContext.Current.CancellationToken)).ExecuteAsync(context);
        Assert.Equal(status, context.Response.StatusCode);
    }

    private sealed class Damaged : IBacklog
    {
        int IBacklog.Damaged => 2;

        public double? OldestSeconds() => null;
    }

    [Fact]
    public async Task Damaged_messages_are_told()
    {
        await using var club = new ClubFixture();
        var health = new StoreHealth(club.Store, club.Clock, [new Damaged()]);
        var context = new DefaultHttpContext { RequestServices = club.Get<IServiceProvider>(), Response = { Body = new MemoryStream() } };
        await (await ActivatorUtilities.CreateInstance<OperationFunctions>(context.RequestServices, health)
            .Health(context.Request, TestContext.Current.CancellationToken)).ExecuteAsync(context);
        Assert.Equal(503, context.Response.StatusCode);
        context.Response.Body.Position = 0;
        Assert.Equal("queue-damaged", System.Text.Json.JsonDocument.Parse(context.Response.Body).RootElement.GetProperty("code")
            .GetString());
    }

    [Fact]
    public async Task The_age_of_the_oldest_message_is_that_of_the_queue()
    {
        await using var host = await TestHost.Start(new Probe(), []);
        var backlog = Assert.Single(host.Host.Services.GetServices<IBacklog>());
        Assert.Null(backlog.OldestSeconds());
        await host.Send("transactions", "waits for ever");
        await Task.Delay(150, TestContext.Current.CancellationToken);
        Assert.InRange(backlog.OldestSeconds()!.Value, 0.1, 60);
    }

    [Fact]
    public async Task A_deleted_lock_lets_no_second_host_in_and_a_stopped_host_leaves_the_way_free()
    {
        using var directory = new TempDirectory();
        await using (await TestHost.Start(new Probe(), [], directory))
        {
            File.Delete(Path.Combine(directory.Path, "host.lock"));
            var refused = await Assert.ThrowsAsync<StartException>(() => TestHost.Start(new Probe(), [], directory));
            Assert.StartsWith("Another host uses the data directory", refused.Message, StringComparison.Ordinal);
        }
        await using var next = await TestHost.Start(new Probe(), [], directory);
    }

    [Fact]
    public void A_directory_that_cannot_be_written_to_is_told_as_such()
    {
        using var directory = new TempDirectory();
        // A lock file that cannot be opened for another reason than another host.
        Directory.CreateDirectory(Path.Combine(directory.Path, "host.lock"));
        Assert.Contains("cannot be written to", Assert.Throws<StartException>(() => DataDirectoryLock.Take(directory.Path)).Message,
            StringComparison.Ordinal);
    }
}
