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
        new CosmosClubStore(account.Connect().GetContainer(CosmosSetup.DatabaseName, _container!.Id),
        NullLogger<CosmosClubStore>.Instance));
}

/// <summary>Cosmos DB itself, where <c>CLUB_COSMOS</c> says which.</summary>
public sealed class CosmosServiceTests(ServiceAccount account) : StoreContract, IClassFixture<ServiceAccount>
{
    protected override int Increments => 320;

    protected override Task<IClubStore> Open() => account.NewStore();
}
