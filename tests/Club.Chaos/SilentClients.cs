using Club.Tests.FunctionsLocal;

namespace Club.Chaos;

/// <summary>Clients that connect and say nothing, and come again when they are sent away, while a partner sends: <c>--clients 1000
/// --seconds 40</c>.</summary>
internal static class SilentClients
{
    public static async Task<Figures> Run(Options options)
    {
        var (clients, seconds) = (options.Number("clients", 1_000), options.Number("seconds", 40));
        await using var host = await Observed.Start();
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var connections = 0;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async number =>
        {
            while (!over.IsCancellationRequested)
            {
                try
                {
                    using var client = await (number % 3 == 0 ? RawAmqpClient.AtCbs(host.Port) : RawAmqpClient.Connect(host.Port));
                    Interlocked.Increment(ref connections);
                    await client.Ends(TimeSpan.FromSeconds(seconds));
                }
                catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
                {
                    // Sent away before it had its say.
                }

                await Task.Delay(1_000, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }));
        return await host.End("silent", connections, most: 250, within: 1_000);
    }
}
