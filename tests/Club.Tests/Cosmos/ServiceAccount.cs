using Club.Cosmos;
using Club.Store;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Club.Tests.Cosmos;

/// <summary>The account or emulator whose connection string <c>CLUB_COSMOS</c> holds; its database <c>club-tests</c> may be used.</summary>
public sealed class ServiceAccount : IAsyncDisposable
{
    private readonly List<Container> _containers = [];
    private CosmosClient? _client;

    /// <summary>A container of its own, deleted at the end. Without <c>CLUB_COSMOS</c> the test is skipped.</summary>
    public async Task<Container> NewContainer()
    {
        var connection = Environment.GetEnvironmentVariable("CLUB_COSMOS");
        if (string.IsNullOrEmpty(connection)) Assert.Skip("CLUB_COSMOS is not set.");
        _client ??= CosmosSetup.Emulator(connection);
        Database database = await _client.CreateDatabaseIfNotExistsAsync("club-tests");
        Container container = await database.CreateContainerAsync(CosmosSetup.Container($"tests-{Guid.NewGuid():N}"));
        _containers.Add(container);
        return container;
    }

    public async Task<IClubStore> NewStore() => new CosmosClubStore(await NewContainer(), NullLogger<CosmosClubStore>.Instance);

    public async ValueTask DisposeAsync()
    {
        foreach (var container in _containers) await container.DeleteContainerAsync();
        _client?.Dispose();
    }
}
