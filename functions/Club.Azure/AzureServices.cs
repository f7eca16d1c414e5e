using Azure.Core;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Monitor.OpenTelemetry.Exporter;
using Azure.Storage.Blobs;
using Club.Cosmos;
using Club.Kernel;
using Club.Messaging;
using Club.Outgoing;
using Club.Spending;
using Club.Store;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;

namespace Club.Azure;

/// <summary>The club's ports on Azure. Every service is reached with the app's own identity; there is no key in a setting.</summary>
internal static class AzureServices
{
    public static IServiceCollection AddAzure(this IServiceCollection services, IConfiguration configuration)
    {
        var credential = new DefaultAzureCredential();
        services.AddSingleton<TokenCredential>(credential);
        services.AddSingleton(TimeProvider.System);
        AddStore(services, configuration);
        AddWorkQueue(services, configuration);
        AddSms(services, configuration);
        AddFiles(services, configuration);
        AddTelemetry(services, configuration, credential);
        return services;
    }

    /// <summary>Makes what Bicep makes in Azure: an emulator starts empty.</summary>
    public static async Task PrepareEmulators(this IServiceProvider services, CancellationToken cancellation)
    {
        var cosmos = services.GetRequiredService<IOptions<CosmosOptions>>().Value;
        if (Emulators.Has(cosmos.Endpoint))
        {
            var database = await services.GetRequiredService<CosmosClient>()
                .CreateDatabaseIfNotExistsAsync(cosmos.Database, cancellationToken: cancellation);
            foreach (var container in (string[])[cosmos.Container, cosmos.KeyContainer])
                await database.Database.CreateContainerIfNotExistsAsync(CosmosSetup.Container(container), cancellationToken: cancellation);
        }
        if (Emulators.Has(services.GetRequiredService<IOptions<FilesOptions>>().Value.Endpoint))
            foreach (var container in (BlobContainerClient[])[Files(services), Kept(services)])
                await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
    }

    private static void AddStore(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CosmosOptions>().Bind(configuration.GetSection(CosmosOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton(provider => Client(provider, provider.GetRequiredService<IOptions<CosmosOptions>>().Value.Endpoint));
        services.AddKeyedSingleton(ClubStores.Keys, (provider, _) =>
            provider.GetRequiredService<IOptions<CosmosOptions>>().Value.KeyEndpoint is { } own ? Client(provider, own)
                : provider.GetRequiredService<CosmosClient>());
        services.AddKeyedSingleton<IClubStore>(ClubStores.Documents, (provider, _) =>
            Store(provider, provider.GetRequiredService<CosmosClient>(), options => options.Container));
        services.AddKeyedSingleton<IClubStore>(ClubStores.Keys, (provider, _) =>
            Store(provider, provider.GetRequiredKeyedService<CosmosClient>(ClubStores.Keys), options => options.KeyContainer));
    }

    private static CosmosClient Client(IServiceProvider provider, Uri endpoint) => Emulators.Has(endpoint)
        ? CosmosSetup.Emulator(Emulators.Cosmos(endpoint)) : CosmosSetup.Azure(endpoint, provider.GetRequiredService<TokenCredential>());

    private static CosmosClubStore Store(IServiceProvider provider, CosmosClient client, Func<CosmosOptions, string> container)
    {
        var options = provider.GetRequiredService<IOptions<CosmosOptions>>().Value;
        return new CosmosClubStore(client.GetContainer(options.Database, container(options)),
            provider.GetRequiredService<ILogger<CosmosClubStore>>());
    }

    private static void AddWorkQueue(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ServiceBusOptions>().Bind(configuration.GetSection(ServiceBusOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton(provider => Emulators.ServiceBus(configuration[ServiceBusOptions.Section]) is { } emulator
            ? new ServiceBusClient(emulator)
            : new ServiceBusClient(provider.GetRequiredService<IOptions<ServiceBusOptions>>().Value.FullyQualifiedNamespace,
                provider.GetRequiredService<TokenCredential>()));
        services.AddSingleton<IWorkQueue>(provider => new ServiceBusWorkQueue(
            provider.GetRequiredService<ServiceBusClient>().CreateSender(ServiceBusWorkQueue.QueueName)));
        services.AddSingleton<IAnswers>(provider => new ServiceBusAnswers(
            provider.GetRequiredService<ServiceBusClient>().CreateSender(ServiceBusAnswers.QueueName)));
        services.AddSingleton<IDeadLetters, ServiceBusDeadLetters>();
        if (configuration[$"{OutgoingOptions.Section}:{nameof(OutgoingOptions.Topic)}"] is { Length: > 0 } topic)
            services.AddSingleton<ITopic>(provider =>
                new ServiceBusTopic(provider.GetRequiredService<ServiceBusClient>().CreateSender(topic)));
    }

    private static void AddSms(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AcsSmsOptions>().Bind(configuration.GetSection(AcsSmsOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<ISms>(provider => new AcsSms(
            provider.GetRequiredService<IOptions<AcsSmsOptions>>().Value, provider.GetRequiredService<TokenCredential>(),
            provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddFiles(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FilesOptions>().Bind(configuration.GetSection(FilesOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<FilesOptions>>().Value;
            var account = Emulators.Has(options.Endpoint)
                ? new BlobServiceClient(options.Endpoint, Emulators.Blobs(options.Endpoint))
                : new BlobServiceClient(options.Endpoint, provider.GetRequiredService<TokenCredential>());
            return account;
        });
        services.AddSingleton<IFiles>(provider => new BlobFiles(Files(provider)))
            .AddSingleton<IKeptFiles>(provider => new KeptBlobs(Kept(provider)));
    }

    private static BlobContainerClient Files(IServiceProvider services) => services.GetRequiredService<BlobServiceClient>()
        .GetBlobContainerClient(services.GetRequiredService<IOptions<FilesOptions>>().Value.Container);

    private static BlobContainerClient Kept(IServiceProvider services) =>
        services.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(KeptBlobs.Container);

    private static void AddTelemetry(IServiceCollection services, IConfiguration configuration, TokenCredential credential)
    {
        var telemetry = services.AddOpenTelemetry().UseFunctionsWorkerDefaults()
            .WithTracing(tracing => tracing.AddSource(Telemetry.Name))
            .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name));
        // The exporter refuses to start without a connection string, and a laptop has none.
        if (!string.IsNullOrEmpty(configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"]))
            telemetry.UseAzureMonitorExporter(exporter => exporter.Credential = credential);
    }
}
