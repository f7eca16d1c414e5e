using Azure.Storage;

namespace Club.Azure;

/// <summary>
/// Emulators take no identity, only keys that Microsoft publishes. They are used for addresses of this machine and for no other, so a
/// setting can never bring a key to Azure.
/// </summary>
public static class Emulators
{
    /// <summary>https://learn.microsoft.com/azure/cosmos-db/emulator#authentication</summary>
    private const string CosmosKey = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";

    /// <summary>https://learn.microsoft.com/azure/storage/common/storage-use-azurite#well-known-storage-account-and-key</summary>
    private const string BlobAccount = "devstoreaccount1";

    private const string BlobKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public static bool Has(Uri endpoint) => endpoint.IsLoopback;

    /// <summary>The emulator's certificate is its own, so it is not checked.</summary>
    public static string Cosmos(Uri endpoint) => Has(endpoint)
        ? $"AccountEndpoint={endpoint.AbsoluteUri};AccountKey={CosmosKey};DisableServerCertificateValidation=True;"
        : throw new ArgumentException($"{endpoint.Host} is no emulator.", nameof(endpoint));

    public static StorageSharedKeyCredential Blobs(Uri endpoint) => Has(endpoint)
        ? new StorageSharedKeyCredential(BlobAccount, BlobKey)
        : throw new ArgumentException($"{endpoint.Host} is no emulator.", nameof(endpoint));

    /// <summary>The connection string of the Service Bus emulator, which the host's triggers need in the setting <c>ServiceBus</c>; null
    /// for anything else.</summary>
    public static string? ServiceBus(string? connectionString) =>
        connectionString?.Contains("UseDevelopmentEmulator=true", StringComparison.OrdinalIgnoreCase) == true ? connectionString : null;
}
