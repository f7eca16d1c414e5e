using System.Globalization;
using Azure.Messaging.ServiceBus;
using Functions.Local.Topic;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Tests.FunctionsLocal;

/// <summary>A host with the topic <c>events</c>, and Microsoft's client for it.</summary>
internal sealed class TopicHost : IAsyncDisposable
{
    private readonly TestHost _host;

    private TopicHost(TestHost host) => (_host, Client) = (host, NewClient(host));

    public ServiceBusClient Client { get; }

    public int Port => _host.Host.AmqpPort;

    public DurableTopic Topic => _host.Host.Services.GetRequiredService<DurableTopic>();

    public static async Task<TopicHost> Start(TopicPacing? pacing = null, TempDirectory? directory = null, TimeProvider? time = null) =>
        new(await TestHost.Start(new Probe(), [], directory, time, settings: new()
        {
            ["Local__QueueKeys__crm"] = "secret:Listen",
            ["Local__QueueKeys__dms"] = "sends:Send",
            ["Events__Topic"] = "events",
            ["Events__TopicSubscriptions__0"] = "crm",
            ["Events__TopicSubscriptions__1"] = "dwh:sessions",
        }, topic: pacing));

    public static TopicMessage Message(int number, string member = "M-1") =>
        new($"{member}/{number}", member, "club.points.accrued", "application/cloudevents+json",
            string.Create(CultureInfo.InvariantCulture, $$"""{"number":{{number}},"text":"积分"}"""));

    /// <summary>So many messages, of members in turn.</summary>
    public async Task Tell(int count, int members = 1)
    {
        foreach (var some in Enumerable.Range(0, count).Chunk(200))
            await Topic.Send([.. some.Select(i => Message(i / members, $"M-{i % members}"))]);
    }

    public ServiceBusClient Other(string name = "crm", string key = "secret") => NewClient(_host, name, key);

    public SubscriptionOverview Overview(string name = "crm") => Topic.Overview().Single(one => one.Subscription == name);

    /// <summary>So many messages, however many at a time the client hands over.</summary>
    public static async Task<List<ServiceBusReceivedMessage>> Take(ServiceBusReceiver receiver, int count)
    {
        var got = new List<ServiceBusReceivedMessage>();
        while (got.Count < count && await receiver.ReceiveMessagesAsync(count - got.Count, TimeSpan.FromSeconds(5)) is { Count: > 0 } some)
            got.AddRange(some);
        return got;
    }

    public static int Number(ServiceBusReceivedMessage message) =>
        int.Parse(message.MessageId.Split('/')[1], CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _host.DisposeAsync();
    }

    private static ServiceBusClient NewClient(TestHost host, string name = "crm", string key = "secret") => new(
        $"Endpoint=sb://localhost:{host.Host.AmqpPort};SharedAccessKeyName={name};SharedAccessKey={key};UseDevelopmentEmulator=true;",
        new ServiceBusClientOptions { RetryOptions = new() { MaxRetries = 0, TryTimeout = TimeSpan.FromSeconds(10) } });
}
