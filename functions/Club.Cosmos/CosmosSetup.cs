using Azure.Core;
using Club.Kernel;
using Microsoft.Azure.Cosmos;

namespace Club.Cosmos;

/// <summary>How the club connects to Cosmos DB, and the one container that it keeps everything in.</summary>
public static class CosmosSetup
{
    public const string DatabaseName = "club";
    public const string ContainerName = "documents";
    public const string PartitionKeyPath = "/pk";

    /// <summary>The client for Azure: direct connections, the app's own identity. One for the whole process.</summary>
    public static CosmosClient Azure(Uri endpoint, TokenCredential credential)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new CosmosClient(endpoint.AbsoluteUri, credential, Options(ConnectionMode.Direct));
    }

    /// <summary>The client for an emulator, which speaks only through its gateway address.</summary>
    /// <param name="http">Makes the HTTP client; null for an ordinary one.</param>
    public static CosmosClient Emulator(string connectionString, Func<HttpClient>? http = null)
    {
        var options = Options(ConnectionMode.Gateway);
        options.LimitToEndpoint = true;
        options.HttpClientFactory = http;
        return new CosmosClient(connectionString, options);
    }

    /// <summary>
    /// Only <c>/ix</c> is indexed, so that a write costs what its keys cost. Documents do not lapse by themselves (no time to live): what
    /// the club forgets, it removes in a commit. The deployment (infra/modules/database.bicep) makes the container like this one.
    /// </summary>
    public static ContainerProperties Container(string name = ContainerName)
    {
        var policy = new IndexingPolicy { Automatic = true, IndexingMode = IndexingMode.Consistent };
        policy.IncludedPaths.Add(new IncludedPath { Path = "/ix/*" });
        policy.ExcludedPaths.Add(new ExcludedPath { Path = "/*" });
        // The first version looks at the first 101 bytes of a partition only.
        return new ContainerProperties(name, PartitionKeyPath) { PartitionKeyDefinitionVersion = PartitionKeyDefinitionVersion.V2,
            IndexingPolicy = policy };
    }

    private static CosmosClientOptions Options(ConnectionMode mode) => new()
    {
        ApplicationName = "club",
        ConnectionMode = mode,
        EnableContentResponseOnWrite = false,
        // A message that waits here is cheaper than one delivered again; but WeChat hangs up after five seconds.
        MaxRetryAttemptsOnRateLimitedRequests = 9,
        MaxRetryWaitTimeOnRateLimitedRequests = TimeSpan.FromSeconds(4),
        UseSystemTextJsonSerializerWithOptions = ClubJson.Options,
    };
}
