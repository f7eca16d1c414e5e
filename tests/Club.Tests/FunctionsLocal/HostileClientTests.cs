using System.Collections;
using System.Diagnostics;
using System.Reflection;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Functions.Local.Amqp;
using Functions.Local.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Club.Tests.FunctionsLocal;

/// <summary>What a client can do to the host before it has shown a key. The large figures are those of tests/Club.Chaos.</summary>
public sealed class HostileClientTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Probe _probe = new();
    private TestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TestHost.Start(
        _probe, [typeof(SingleProbe)],
        limits: new QueueLimits { MostStrangers = 60, MostStrangersOfAnAddress = 50, UntilSettled = TimeSpan.FromSeconds(3) });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private int Port => _host.Host.AmqpPort;

    [Fact]
    public async Task A_message_without_an_end_is_cut_off_after_64_kilobytes()
    {
        using var client = await RawAmqpClient.AtCbs(Port);
        var part = new byte[16 * 1024];
        await client.Write(RawAmqpClient.Transfer(1, part, more: true));
        Assert.True(await client.WriteUntilRefused(RawAmqpClient.Frame(0, new Transfer { Handle = 0, More = true }, part),
            64 * 1024 * 1024), "64 MB were taken.");
        await APartnerIsHeard();
    }

    [Fact]
    public async Task Many_small_requests_without_a_key_are_cut_off_as_well()
    {
        using var client = await RawAmqpClient.AtCbs(Port);
        var request = RawAmqpClient.Transfer(1, Encoded(new Message("SharedAccessSignature nonsense")), more: false);
        Assert.True(await client.WriteUntilRefused(request, 64 * 1024 * 1024), "64 MB were taken.");
        await APartnerIsHeard();
    }

    [Fact]
    public async Task Sessions_and_links_without_a_key_are_few()
    {
        using var client = await RawAmqpClient.AtCbs(Port);
        for (ushort channel = 1; channel < 40; channel++)
            if (await client.WriteUntilRefused(
                RawAmqpClient.Frame(channel, new Begin { NextOutgoingId = 0, IncomingWindow = 1, OutgoingWindow = 1 }), 1))
                break;
        Assert.True(await client.Ends(Patience));
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task A_frame_that_is_a_bomb_ends_its_connection_and_nothing_else(byte[] body)
    {
        var before = GC.GetTotalAllocatedBytes();
        using var first = await RawAmqpClient.Anonymous(Port);
        await first.Write(RawAmqpClient.Frame(0, body));
        Assert.True(await first.Ends(Patience));
        using var message = await RawAmqpClient.AtCbs(Port);
        await message.Write(RawAmqpClient.Transfer(1, body, more: false));
        await APartnerIsHeard();
        Assert.True(GC.GetTotalAllocatedBytes() - before < 1_000_000_000, "The host allocated what the frame claims.");
    }

    public static TheoryData<byte[]> Bombs => new((byte[][])
    [
        new byte[50_000],
        Repeated([0xC0, 0xFF, 0x01], 10_000),
        [.. Repeated([0xD0, 0x00, 0x00, 0xF0, 0x00, 0x00, 0x00, 0x00, 0x01], 5_000), 0x45],
        [0x00, 0x53, 0x10, 0xD0, 0x00, 0x00, 0x00, 0x0E, 0x00, 0x00, 0x00, 0x01, 0xF0, 0x00, 0x00, 0x00, 0x05, 0x7F, 0xFF, 0xFF, 0xFF,
        0x43],
        [0x00, 0x53, 0x10, 0xD0, 0x00, 0x00, 0x00, 0x0D, 0x00, 0x00, 0x00, 0x01, 0xD0, 0x00, 0x00, 0x00, 0x04, 0x7F, 0xFF, 0xFF, 0xFF],
        [0x00, 0x53, 0x77, 0xF0, 0x00, 0x00, 0x00, 0x05, 0x7F, 0xFF, 0xFF, 0xFF, 0x41],
        [0x00, 0xA3, 0xFF],
        [0x00],
    ]);

    [Fact]
    public async Task A_bomb_inside_a_message_of_a_partner_is_refused_and_the_link_lives_on()
    {
        await using var client = await Partner();
        var sender = await client.Attach("transactions");
        var nested = new Message { BodySection = new Data { Binary = new byte[40_000] } };
        var batch = new Message { Format = Bodies.Batch, BodySection = new Data { Binary = new byte[40_000] } };
        Assert.IsType<Rejected>(await sender.Send(batch));
        Assert.IsType<Accepted>(await sender.Send(nested));
    }

    [Fact]
    public async Task Silent_clients_make_room_for_a_partner_and_are_sent_away()
    {
        var silent = new List<RawAmqpClient>();
        for (var i = 0; i < 120; i++) silent.Add(i % 3 == 0 ? await RawAmqpClient.AtCbs(Port) : await RawAmqpClient.Connect(Port));
        var watch = Stopwatch.StartNew();
        await APartnerIsHeard();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed}.");
        Assert.All(await Task.WhenAll(silent.Select(client => client.Ends(Patience))), Assert.True);
        silent.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Clients_that_speak_and_then_fall_silent_make_room_as_well()
    {
        var silent = new List<RawAmqpClient>();
        for (var i = 0; i < 80; i++) silent.Add(await RawAmqpClient.AtCbs(Port, from: i % 2));
        await APartnerIsHeard();
        silent.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_partner_who_has_a_link_may_be_silent_for_as_long_as_he_likes()
    {
        await using var client = await Partner();
        var sender = await client.Attach("transactions");
        await Task.Delay(TimeSpan.FromSeconds(5));
        Assert.IsType<Accepted>(await sender.Send(new Message("still here")));
    }

    [Fact]
    public async Task A_partner_who_only_shows_a_key_is_sent_away_as_well()
    {
        await using var client = await Partner();
        await Task.Delay(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAnyAsync<Exception>(() => client.Attach("transactions"));
    }

    [Fact]
    public async Task Connections_that_break_leave_nothing_behind()
    {
        for (var i = 0; i < 600; i++)
        {
            try
            {
                var client = (i % 4) switch
                {
                    0 => await RawAmqpClient.Connect(Port),
                    1 => await RawAmqpClient.Anonymous(Port),
                    _ => await RawAmqpClient.AtCbs(Port),
                };
                if (i % 4 == 3) await client.Write(RawAmqpClient.Transfer(1, new byte[100], more: true));
                client.Reset();
            }
            catch (IOException)
            {
                // Sent away to make room: on a busy machine the host still has those before it.
            }
        }

        var server = _host.Host.Services.GetRequiredService<AmqpServer>();
        await Eventually.True(() => server.Clients == 0 && Remembered(server.Listener) == 0, "all are forgotten");
        await APartnerIsHeard();
    }

    [Fact]
    public async Task Who_is_refused_before_sasl_during_it_and_after_is_told_apart()
    {
        var refusals = _host.Host.Services.GetRequiredService<AmqpServer>().Refusals;
        await Tells(QueueStage.BeforeSasl, async () =>
        {
            using var stranger = await RawAmqpClient.Connect(Port);
            await stranger.Write("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
            Assert.True(await stranger.Ends(Patience));
        });
        await Tells(QueueStage.Sasl, () =>
            Assert.ThrowsAnyAsync<AmqpException>(() => TestQueueClient.Connect(Port, DevelopmentKeys.QueueKeyName, "wrong")));
        await Tells(QueueStage.Token, async () =>
        {
            await using var client = await TestQueueClient.Connect(Port);
            Assert.Equal(401, await client.PutToken("transactions", DevelopmentKeys.QueueKeyName, "wrong",
                DateTimeOffset.UtcNow.AddHours(1)));
        });
        await Tells(QueueStage.AfterSasl, async () =>
        {
            await using var client = await Partner();
            await Assert.ThrowsAsync<AmqpException>(() => client.Attach("work"));
        });

        async Task Tells(QueueStage stage, Func<Task> act)
        {
            var before = Enum.GetValues<QueueStage>().ToDictionary(each => each, refusals.Total);
            await act();
            await Eventually.True(() => refusals.Total(stage) == before[stage] + 1, $"{stage} is counted");
            Assert.All(before.Where(other => other.Key != stage), other => Assert.Equal(other.Value, refusals.Total(other.Key)));
        }
    }

    /// <summary>How many connections the library's listener holds on to.</summary>
    private static int Remembered(ConnectionListener listener)
    {
        var field = typeof(ConnectionListener).GetField("connections", BindingFlags.Instance | BindingFlags.NonPublic);
        var connections = Assert.IsAssignableFrom<IEnumerable>(field!.GetValue(listener));
        lock (connections) return connections.Cast<object>().Count();
    }

    private async Task APartnerIsHeard()
    {
        await using var client = await Partner();
        var body = Guid.NewGuid().ToString();
        Assert.IsType<Accepted>(await (await client.Attach("transactions")).Send(new Message(body)));
        await Eventually.True(() => _probe.TimesSeen(body) == 1, "the partner's message is delivered");
    }

    private async Task<TestQueueClient> Partner()
    {
        var client = await TestQueueClient.Connect(Port);
        Assert.Equal(202, await client.PutToken("transactions", DevelopmentKeys.QueueKeyName, DevelopmentKeys.QueueKey,
            DateTimeOffset.UtcNow.AddHours(1)));
        return client;
    }

    private static byte[] Encoded(Message message) =>
        message.Encode() is var buffer ? buffer.Buffer[buffer.Offset..(buffer.Offset + buffer.Length)] : [];

    private static byte[] Repeated(byte[] bytes, int times) => [.. Enumerable.Repeat(bytes, times).SelectMany(b => b)];
}
