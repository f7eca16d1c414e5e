using Azure.Messaging.ServiceBus;
using Club.Tests.Support;

namespace Club.Chaos;

/// <summary>Microsoft's .NET client sends, is idle for longer than its own and the host's patience with a silent client, and sends again:
/// <c>--seconds 65</c>.</summary>
internal static class IdleClient
{
    public static async Task<Figures> Run(Options options)
    {
        var seconds = options.Number("seconds", 65);
        await using var host = await LocalProcess.Start();
        var before = host.ResidentMegabytes;
        await using var client = new ServiceBusClient(host.Connection,
            new ServiceBusClientOptions { RetryOptions = new() { MaxRetries = 0, TryTimeout = TimeSpan.FromSeconds(10) } });
        await using var sender = client.CreateSender("transactions");
        var faults = new List<string>();
        try
        {
            await sender.SendMessageAsync(new ServiceBusMessage("{}"));
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            await sender.SendMessageAsync(new ServiceBusMessage("{}"));
        }
        catch (Exception e) when (e is ServiceBusException or UnauthorizedAccessException)
        {
            faults.Add($"idle: after {seconds} s the client was not heard: {e.Message}");
        }

        return new Figures("idle", 1, seconds, before, host.ResidentMegabytes, host.ResidentMegabytes, 2, 0, faults);
    }
}
