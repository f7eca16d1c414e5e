using Club.Cosmos;
using Club.Store;
using Microsoft.Azure.Cosmos;

namespace Club.Tests.Cosmos;

/// <summary>A gateway and the clients that were opened on it.</summary>
internal sealed class GatewayAccount : IDisposable
{
    private readonly List<CosmosClient> _clients = [];

    public Gateway Gateway { get; } = new();

    /// <summary>A store with a client of its own, on the documents that are there.</summary>
    public async Task<IClubStore> Open()
    {
        var client = CosmosSetup.Emulator(Gateway.ConnectionString, () => new HttpClient(Gateway, disposeHandler: false));
        _clients.Add(client);
        Database database = await client.CreateDatabaseIfNotExistsAsync(CosmosSetup.DatabaseName);
        Container container = await database.CreateContainerIfNotExistsAsync(CosmosSetup.Container());
        return new CosmosClubStore(container);
    }

    public void Dispose()
    {
        foreach (var client in _clients) client.Dispose();
        Gateway.Dispose();
    }
}
