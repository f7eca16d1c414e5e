using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using Club.Azure.Tests.Worker;
using Club.Edges.Site;
using Club.Tests.Cosmos;

namespace Club.Azure.Tests.Cloud;

/// <summary>The club on Azure, on this machine: the compiled worker, and around it every service that it uses.</summary>
public sealed partial class AzureClub : IAsyncDisposable
{
    private const string WebhookSecretText = "whsec_cGxhY2Vob2xkZXItZm9yLXRoZS13ZWJob29rLWtleSE=";
    private static readonly WebhookSecret Secret = WebhookSecret.Parse(WebhookSecretText).Value;

    private readonly Gateway _gateway = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("club-azure-tests").FullName;
    private CosmosEndpoint _store = null!;
    private Endpoint _cosmos = null!, _smsService = null!, _identity = null!;
    private ServiceBusClient _bus = null!;

    internal SmsEndpoint Sms { get; } = new();

    internal Listener Listener { get; } = new();

    internal Queues Queues { get; private set; } = null!;

    internal FunctionsHost Host { get; private set; } = null!;

    internal Faults Faults => _gateway.Faults;

    /// <summary>The app's settings: the services of this machine, and what a newcomer's sample says of the rest.</summary>
    internal Dictionary<string, string> Settings { get; } = [];

    public async ValueTask InitializeAsync()
    {
        _store = new CosmosEndpoint(_gateway);
        _cosmos = await Endpoint.Start(_store.Answer, secure: true);
        _smsService = await Endpoint.Start(Sms.Sms, secure: true);
        _identity = await Endpoint.Start(SmsEndpoint.Identity, secure: false);
        Queues = await Queues.Start(Listener);
        _bus = new ServiceBusClient(Queues.ConnectionString);
        Configure();
        await Restart();
    }

    /// <summary>A worker in the place of the one before.</summary>
    internal async Task Restart()
    {
        Listener.Detach();
        if (Host is not null) await Host.DisposeAsync();
        Host = await FunctionsHost.Start(Settings);
        Listener.Attach(Host);
    }

    /// <summary>Sends messages to the queue of the partners and returns when they and all that follows from them are handled.</summary>
    internal async Task Send(params IReadOnlyList<string> events)
    {
        await Enqueue(events);
        await Quiet();
    }

    internal async Task Enqueue(params IReadOnlyList<string> events)
    {
        await using var sender = _bus.CreateSender("transactions");
        foreach (var chunk in events.Chunk(100)) await sender.SendMessagesAsync(chunk.Select(text => new ServiceBusMessage(text)));
    }

    internal async Task Quiet()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (Queues.Active > 0) await Task.Delay(10, patience.Token);
    }

    internal async Task<JsonNode> Get(string function, string path)
    {
        using var response = await Host.Send(function, new HttpRequestMessage(HttpMethod.Get, path));
        var text = await response.Content.ReadAsStringAsync();
        return response.StatusCode == HttpStatusCode.OK ? JsonNode.Parse(text)!
            : throw new HttpRequestException($"{path} answered {(int)response.StatusCode}: {text}");
    }

    internal async Task<(HttpStatusCode Status, JsonNode Body)> Register(object data, string? id = null)
    {
        using var response = await Host.Send("SiteRegistrations", Registration(data, id));
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    internal async Task<string> Member(string phone) =>
        (string)(await Register(new { phone, consents = new { sms = true } })).Body["memberId"]!;

    internal static HttpRequestMessage Registration(object data, string? id = null)
    {
        var body = Encoding.UTF8.GetBytes(
            JsonSerializer.Serialize(new { type = "member.registered", timestamp = DateTimeOffset.UtcNow, data }));
        var headers = StandardWebhook.Sign(id ?? $"msg_{Guid.NewGuid():N}", DateTimeOffset.UtcNow, body, Secret);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/registrations") { Content = new ByteArrayContent(body) };
        request.Headers.Add(WebhookHeaders.IdName, headers.Id);
        request.Headers.Add(WebhookHeaders.TimestampName, headers.Timestamp);
        request.Headers.Add(WebhookHeaders.SignatureName, headers.Signature);
        return request;
    }

    public async ValueTask DisposeAsync()
    {
        if (Host is not null) await Host.DisposeAsync();
        await _bus.DisposeAsync();
        await Queues.DisposeAsync();
        foreach (var endpoint in new[] { _cosmos, _smsService, _identity }) await endpoint.DisposeAsync();
        _store.Dispose();
        _gateway.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Configure()
    {
        var certificate = Path.Combine(_folder, "services.pem");
        File.WriteAllText(certificate, Certificate.Loopback.ExportCertificatePem());
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["Club__Programme"] = "foton",
            ["Club__LookupKey"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
            ["FunctionsKey"] = "placeholder-functions-key-of-at-least-32-characters",
            ["Auth__TokenKey"] = "placeholder-token-key-of-at-least-32-characters",
            ["WeChat__Token"] = "placeholder-token",
            ["WeChat__AppId"] = "wx0000000000000000",
            ["SiteWebhook__Secrets__0"] = WebhookSecretText,
            ["Cosmos__Endpoint"] = _cosmos.Address.AbsoluteUri,
            // An address that nobody is asked at, unless the run has an emulator of blob storage.
            ["Files__Endpoint"] = BlobEmulator ?? "https://files.invalid/",
            ["ServiceBus"] = Queues.ConnectionString,
            ["ServiceBus__fullyQualifiedNamespace"] = "localhost",
            ["Sms__Endpoint"] = _smsService.Address.AbsoluteUri,
            ["Sms__From"] = "placeholder-sender",
            ["Sms__WebhookKeys__0"] = "placeholder-sms-webhook-key-000",
            ["Sms__AllowedFrom"] = "00:00",
            ["Sms__AllowedTo"] = "23:59",
            ["IDENTITY_ENDPOINT"] = _identity.Address.AbsoluteUri,
            ["IDENTITY_HEADER"] = SmsEndpoint.IdentityHeader,
            // OpenSSL's own way to trust a certificate; elsewhere than on Linux the SMS test is skipped.
            ["SSL_CERT_FILE"] = certificate,
        }) Settings[name] = value;
    }

    /// <summary>Azurite's address, where the run has it; see <c>.ci/run</c>.</summary>
    internal static string? BlobEmulator => Environment.GetEnvironmentVariable("CLUB_BLOBS")?.Split(';')
        .FirstOrDefault(part => part.StartsWith("BlobEndpoint=", StringComparison.Ordinal))?["BlobEndpoint=".Length..];
}
