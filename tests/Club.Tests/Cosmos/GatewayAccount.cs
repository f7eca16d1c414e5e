using Club.Cosmos;
using Club.Store;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;

namespace Club.Tests.Cosmos;

/// <summary>A gateway, and Cosmos DB's own client on it.</summary>
public sealed class GatewayAccount : IDisposable
{
    private readonly List<CosmosClient> _clients = [];
    private int _containers;

    public GatewayAccount() => Client = Connect();

    public Gateway Gateway { get; } = new();

    public CosmosClient Client { get; }

    /// <summary>A further client, as of another instance of the app.</summary>
    public CosmosClient Connect()
    {
        var client = CosmosSetup.Emulator(Gateway.ConnectionString, () => new HttpClient(Gateway, disposeHandler: false));
        _clients.Add(client);
        return client;
    }

    /// <summary>A container of its own, made as an operator would make it.</summary>
    public async Task<Container> NewContainer()
    {
        Database database = await Client.CreateDatabaseIfNotExistsAsync(CosmosSetup.DatabaseName);
        return await database.CreateContainerIfNotExistsAsync(CosmosSetup.Container($"documents-{Interlocked.Increment(ref _containers)}"));
    }

    public async Task<IClubStore> NewStore() => new CosmosClubStore(await NewContainer(), NullLogger<CosmosClubStore>.Instance);

    public void Dispose()
    {
        foreach (var client in _clients) client.Dispose();
        Gateway.Dispose();
    }
}
