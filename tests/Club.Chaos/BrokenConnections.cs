using System.Net.Sockets;
using Amqp;
using Club.Tests.FunctionsLocal;
using Functions.Local.Hosting;

namespace Club.Chaos;

/// <summary>Connections that break off, at every stage, without a goodbye; memory stays flat: <c>--connections 100000</c>.</summary>
internal static class BrokenConnections
{
    public static async Task<Figures> Run(Options options)
    {
        var connections = options.Number("connections", 100_000);
        await using var host = await Observed.Start();
        await Parallel.ForAsync(0, connections, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
            await Break(host.Port, i));
        return await host.End("breaks", connections, most: 250, within: 5_000);
    }

    private static async Task Break(int port, int number)
    {
        try
        {
            using var client = await (number % 4 == 0 ? RawAmqpClient.Connect(port, number) : number % 4 == 1
                ? RawAmqpClient.Anonymous(port, number) : RawAmqpClient.AtCbs(port, number));
            if (number % 4 == 3)
                await client.Write(RawAmqpClient.Transfer(1,
                    Encoded(new Message(Functions.Local.Amqp.SasToken.Create("sb://localhost/transactions", DevelopmentKeys.QueueKeyName,
                    DevelopmentKeys.QueueKey, DateTimeOffset.UtcNow.AddHours(1)))), more: false));
            client.Reset();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // Sent away to make room.
        }
    }

    private static byte[] Encoded(Message message) =>
        message.Encode() is var buffer ? buffer.Buffer[buffer.Offset..(buffer.Offset + buffer.Length)] : [];
}
