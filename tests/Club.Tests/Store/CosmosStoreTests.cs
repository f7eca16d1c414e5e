using Club.Cosmos;
using Club.Store;
using Club.Tests.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Club.Tests.Store;

/// <summary>Cosmos DB's own client against a gateway in memory.</summary>
public sealed class CosmosStoreTests(GatewayAccount account) : StoreContract, IClassFixture<GatewayAccount>
{
    private Container? _container;

    protected override int Increments => 320;

    protected override async Task<IClubStore> Open()
    {
        _container = await account.NewContainer();
        return new CosmosClubStore(_container, NullLogger<CosmosClubStore>.Instance);
    }

    // As another instance of the app finds it.
    protected override Func<Task<IClubStore>> Reopen => () => Task.FromResult<IClubStore>(
        new CosmosClubStore(account.Connect().GetContainer(CosmosSetup.DatabaseName, _container!.Id), NullLogger<CosmosClubStore>.Instance));
}

/// <summary>Runs where <c>CLUB_COSMOS</c> holds the connection string of an account or emulator whose <c>club-tests</c> database may be used.</summary>
public sealed class CosmosServiceTests : StoreContract
{
    private CosmosClient? _client;

    protected override int Increments => 320;

    protected override async Task<IClubStore> Open()
    {
        var connection = Environment.GetEnvironmentVariable("CLUB_COSMOS");
        if (string.IsNullOrEmpty(connection)) Assert.Skip("CLUB_COSMOS is not set.");
        _client = CosmosSetup.Emulator(connection);
        Database database = await _client.CreateDatabaseIfNotExistsAsync("club-tests", cancellationToken: Cancellation);
        Container container = await database.CreateContainerIfNotExistsAsync(CosmosSetup.Container(), cancellationToken: Cancellation);
        return new CosmosClubStore(container, NullLogger<CosmosClubStore>.Instance);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _client?.Dispose();
    }
}
