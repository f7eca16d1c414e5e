using Club.Cosmos;
using Club.Store;
using Club.Tests.Cosmos;
using Microsoft.Azure.Cosmos;
using Xunit;

namespace Club.Tests.Store;

/// <summary>Cosmos DB's own client against a gateway in memory.</summary>
public sealed class CosmosStoreTests : StoreContract
{
    private readonly GatewayAccount _account = new();

    protected override int Increments => 320;

    protected override Task<IClubStore> Open() => _account.Open();

    protected override Func<Task<IClubStore>>? Reopen => _account.Open;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _account.Dispose();
    }
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
        return new CosmosClubStore(container);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _client?.Dispose();
    }
}
