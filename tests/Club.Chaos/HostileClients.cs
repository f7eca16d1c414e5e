using System.Diagnostics;
using System.Net.Sockets;
using Amqp.Framing;
using Club.Tests.FunctionsLocal;

namespace Club.Chaos;

/// <summary>Clients without a key that write what they like, by seed: <c>--connections 400000 --seed 1</c>; no more than come within
/// <c>--seconds</c>.</summary>
internal static class HostileClients
{
    private const double MostMegabytes = 250;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<Figures> Run(Options options)
    {
        var (connections, seed, seconds) = (options.Number("connections", 400_000), options.Number("seed", 1),
            options.Number("seconds", 3_600));
        await using var host = await Observed.Start();
        var (made, watch) = (0, Stopwatch.StartNew());
        await Parallel.ForAsync(0, connections, new ParallelOptions { MaxDegreeOfParallelism = 48 }, async (i, _) =>
        {
            if (watch.Elapsed.TotalSeconds > seconds) return;
            Interlocked.Increment(ref made);
            await Attack(host.Port, new Random(unchecked(seed * 1_000_003 + i)), i);
        });
        return await host.End("hostile", made, MostMegabytes, within: 5_000);
    }

    private static async Task Attack(int port, Random random, int number)
    {
        try
        {
            using var client = await (random.Next(4) switch
            {
                0 => RawAmqpClient.Connect(port, number),
                1 => RawAmqpClient.Anonymous(port, number),
                _ => RawAmqpClient.AtCbs(port, number),
            });
            for (var i = random.Next(1, 6); i > 0; i--) await client.Write(Something(random));
            if (random.Next(10) == 0) await client.Ends(Patience);
            client.Reset();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The host has hung up, as it should.
        }
    }

    private static byte[] Something(Random random)
    {
        var noise = new byte[random.Next(1, 2_000)];
        random.NextBytes(noise);
        return random.Next(9) switch
        {
            0 => noise,
            1 => RawAmqpClient.Frame((ushort)random.Next(65_536), noise, (byte)random.Next(3)),
            2 => RawAmqpClient.Transfer(random.Next(5), new byte[16 * 1024], more: true, (uint)random.Next(3)),
            3 => RawAmqpClient.Frame(0, new byte[random.Next(60_000)]),
            4 => RawAmqpClient.Frame(0, [0x00, 0x53, 0x12, 0xD0, 0, 0, 0, 0x0E, 0, 0, 0, 1, 0xF0, 0, 0, 0, 5, 0x7F, 0xFF, 0xFF, 0xFF,
            0x43]),
            5 => Changed(RawAmqpClient.Frame(0,
            new Attach { LinkName = "x", Handle = (uint)random.Next(5), Role = random.Next(2) == 0,
            Source = new Source { Address = "$cbs" }, Target = new Target { Address = "transactions" } }), random),
            6 => Changed(RawAmqpClient.Frame((ushort)random.Next(5),
            new Begin { NextOutgoingId = 0, IncomingWindow = 1, OutgoingWindow = 1 }), random),
            7 => Changed(RawAmqpClient.Transfer(random.Next(5), noise, more: false), random),
            _ => RawAmqpClient.Frame(0, new Flow { Handle = (uint)random.Next(3), LinkCredit = uint.MaxValue, IncomingWindow = 0,
            OutgoingWindow = 0, NextOutgoingId = 0 }),
        };
    }

    private static byte[] Changed(byte[] frame, Random random)
    {
        for (var i = random.Next(4); i > 0; i--) frame[random.Next(frame.Length)] = (byte)random.Next(256);
        return frame;
    }
}
