using System.Diagnostics.Metrics;
using Club.Cosmos;
using Club.Kernel;
using Club.Store;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Club.Tests.Cosmos;

public sealed class CosmosMeterTests : IDisposable
{
    // Other tests use other stores at the same time: what counts is recorded in the flow of this one.
    private readonly AsyncLocal<List<(string Instrument, double Value, string Operation, object? Status)>?> _told = new();
    private readonly MeterListener _listener = new();
    private readonly GatewayAccount _account = new();

    public CosmosMeterTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Telemetry.Name && instrument.Name.StartsWith("club.cosmos.", StringComparison.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    [Fact]
    public async Task Every_request_is_charged_to_its_operation_and_status()
    {
        var store = await _account.NewStore();
        var told = _told.Value = [];
        Write create = new Write.Create("a", "thing", "{}"u8.ToArray(), new IndexKeys([new("k", "v")]));

        await store.Read("m", "a");
        await store.Commit("m", [create]);
        await store.Commit("m", [create]);
        await store.Find(IndexQuery.Equal("k", "v") with { Partition = "m" });
        await store.Changes(null);

        // The refused commit looks for what stands in the way.
        Assert.Equal(
            [("read", 404), ("commit", 200), ("commit", 409), ("read", 200), ("find", 200), ("changes", 200)],
            told.Select(charge => (charge.Operation, (int)charge.Status!)));
        Assert.All(told, charge => Assert.True(charge is { Instrument: "club.cosmos.request_charge", Value: > 0 }, charge.ToString()));
        Assert.Equal(6.5, told[1].Value);
    }

    [Fact]
    public async Task Throttling_is_counted_and_told_with_the_client_s_diagnostics()
    {
        var log = new Lines();
        var store = new CosmosClubStore(await _account.NewContainer(), log);
        await store.Read("m", "a");
        var told = _told.Value = [];
        _account.Gateway.Faults.Set(Asked.Read, Fault.Throttled);

        await Assert.ThrowsAsync<StoreException>(async () => await store.Read("m", "a"));

        Assert.Equal(10, told.Where(count => count is { Instrument: "club.cosmos.throttled", Operation: "read" }).Sum(count =>
            count.Value));
        Assert.Equal(429, Assert.Single(told, charge => charge.Instrument == "club.cosmos.request_charge").Status);
        var line = Assert.Single(log.Warnings);
        Assert.StartsWith("A read of Cosmos DB was answered 429", line, StringComparison.Ordinal);
        Assert.Contains("\"(429, 3200)\":10", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_request_is_told_and_an_ordinary_one_is_not()
    {
        var container = await _account.NewContainer();
        var (ordinary, slow) = (new Lines(), new Lines());
        await new CosmosClubStore(container, ordinary) { Slow = TimeSpan.FromHours(1) }.Read("m", "a");
        await new CosmosClubStore(container, slow) { Slow = TimeSpan.Zero }.Read("m", "a");
        Assert.Empty(ordinary.Warnings);
        Assert.Contains("RU: {", Assert.Single(slow.Warnings), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _account.Dispose();
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_told.Value is not { } told) return;
        var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
        lock (told) told.Add((instrument.Name, value, (string)named["operation"]!, named.GetValueOrDefault("status")));
    }

    private sealed class Lines : ILogger<CosmosClubStore>
    {
        public List<string> Warnings { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning) Warnings.Add(formatter(state, exception));
        }
    }
}
