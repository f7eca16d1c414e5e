using System.Text;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Functions.Local.Amqp;
using Functions.Local.Topic;
using Xunit;
using CreditFlow = Amqp.Framing.Flow;

namespace Club.Tests.FunctionsLocal;

/// <summary>Receivers that ask for everything, settle nothing, settle what is not theirs, or write what is no request.</summary>
public sealed class HostileReceiverTests
{
    private const string Path = "events/Subscriptions/crm";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Whoever_gives_credit_without_end_and_settles_nothing_gets_no_more_than_its_share()
    {
        await using var host = await TopicHost.Start(new TopicPacing { LockFor = TimeSpan.FromSeconds(3) });
        await host.Tell(6_000);
        var connection = await Connect(host);
        var link = new ReceiverLink(new Session(connection), "greedy", Path);
        link.SetCredit(int.MaxValue, CreditMode.Manual);
        await Eventually.True(() => host.Overview().Locked == 2048, "it has its share");
        await using var honest = host.Client.CreateReceiver("events", "crm");
        Assert.Equal(2048, TopicHost.Number(await honest.ReceiveMessageAsync(Soon)));
        Assert.InRange(host.Overview().Locked, 2048, 2049);
        await Eventually.True(() => host.Overview().Locked < 2048 || host.Topic.Find("crm")!.Messages.Locked <= 2049, "locks run out");
        await connection.CloseAsync();
        var all = await TopicHost.Take(honest, 10);
        Assert.NotEmpty(all);
        Assert.Equal(6_000, host.Overview().Active);
    }

    [Fact]
    public async Task Whoever_does_not_read_is_dropped_and_what_was_on_its_way_waits_again()
    {
        await using var host = await TestHost.Start(new Probe(), [], settings: new()
        {
            ["Local__QueueKeys__crm"] = "secret:Listen", ["Events__Topic"] = "events", ["Events__TopicSubscriptions__0"] = "crm",
        }, limits: new QueueLimits { UntilRead = TimeSpan.FromSeconds(1) }, topic: new TopicPacing { LockFor = TimeSpan.FromSeconds(4) });
        var topic = (DurableTopic)host.Host.Services.GetService(typeof(DurableTopic))!;
        var body = new string('x', 100_000);
        for (var i = 0; i < 40; i++)
            await topic.Send([.. Enumerable.Range(0, 10).Select(n => TopicHost.Message(i * 10 + n) with { Body = body })]);
        using var silent = await RawAmqpClient.Receiving(host.Host.AmqpPort, "crm", "secret", Path);
        await silent.Write(RawAmqpClient.Frame(0, new CreditFlow
        {
            Handle = 0, LinkCredit = uint.MaxValue, DeliveryCount = 0, IncomingWindow = uint.MaxValue, NextIncomingId = 0,
            NextOutgoingId = 0, OutgoingWindow = 100,
        }));
        await Eventually.True(() => topic.Overview()[0].Locked > 0, "it is sent something");
        Assert.InRange(topic.Overview()[0].Locked, 1, 190);
        await Eventually.True(() => topic.Overview()[0].Locked == 0, "it is dropped, and the locks have run out");
        Assert.Equal(400, topic.Overview()[0].Active);
    }

    [Fact]
    public async Task A_flow_that_is_nonsense_or_a_settlement_of_everything_harms_nobody_else()
    {
        await using var host = await TopicHost.Start();
        await host.Tell(100);
        await using var honest = host.Client.CreateReceiver("events", "crm");
        var mine = await honest.ReceiveMessageAsync(Soon);
        using var raw = await RawAmqpClient.Receiving(host.Port, "crm", "secret", Path);
        foreach (var (count, credit) in ((uint, uint)[])
            [(uint.MaxValue, uint.MaxValue), (5_000_000, 1), (0, 0), (uint.MaxValue - 3, 7), (0, 10)])
        {
            await raw.Write(RawAmqpClient.Frame(0, new CreditFlow
            {
                Handle = 0, LinkCredit = credit, DeliveryCount = count, IncomingWindow = 1000, NextIncomingId = 0, NextOutgoingId = 0,
                OutgoingWindow = 100, Drain = credit == 7,
            }));
        }

        await raw.Write(RawAmqpClient.Frame(0,
            new Dispose { Role = true, First = 0, Last = uint.MaxValue, Settled = false, State = new Accepted() }));
        await raw.Write(RawAmqpClient.Frame(0,
            new Dispose { Role = true, First = 0, Last = 50, Settled = true, State = new Rejected { Error = new Error("x") } }));
        await honest.CompleteMessageAsync(mine);
        var more = await honest.ReceiveMessageAsync(Soon);
        if (more is not null) await honest.CompleteMessageAsync(more);
        Assert.InRange(host.Overview().Active + host.Overview().DeadLettered, 0, 99);
        Assert.Equal(100, host.Overview("dwh").Active);
    }

    [Fact]
    public async Task Requests_that_are_none_are_answered_so()
    {
        await using var host = await TopicHost.Start();
        await host.Tell(1);
        var connection = await Connect(host);
        var session = new Session(connection);
        var replies = new ReceiverLink(session, "replies", new Attach
        {
            Source = new Source { Address = $"{Path}/$management" }, Target = new Target { Address = "back" },
        }, null);
        var requests = new SenderLink(session, "requests", $"{Path}/$management");
        foreach (var (operation, body, status) in ((string?, object?, int)[])
            [
                (null, null, 400), ("com.microsoft:peek-message", "text", 400), ("com.microsoft:renew-lock", new Map(), 400),
                ("com.microsoft:renew-lock", new Map { ["lock-tokens"] = "x" }, 400),
                ("com.microsoft:renew-lock", new Map { ["lock-tokens"] = new[] { Guid.Empty } }, 410),
                ("com.microsoft:update-disposition",
                    new Map { ["disposition-status"] = "completed", ["lock-tokens"] = new[] { Guid.NewGuid() } }, 410),
                ("com.microsoft:renew-session-lock", new Map { ["session-id"] = "M-0" }, 410),
                ("com.microsoft:peek-message", new Map { ["from-sequence-number"] = long.MinValue, ["message-count"] = int.MaxValue }, 200),
                ("com.microsoft:add-rule", new Map(), 501),
            ])
        {
            using var request = new Message(body)
            {
                Properties = new Properties { MessageId = "1", ReplyTo = "back" },
                ApplicationProperties = new ApplicationProperties { Map = { ["operation"] = operation } },
            };
            await requests.SendAsync(request, Soon);
            using var reply = await replies.ReceiveAsync(Soon);
            replies.Accept(reply);
            Assert.Equal((operation, status), (operation, (int)reply.ApplicationProperties.Map["statusCode"]));
        }

        await connection.CloseAsync();
        Assert.Equal((1, 0), (host.Overview().Active, host.Overview().Locked));
    }

    [Fact]
    public async Task A_broken_frame_ends_the_connection_and_no_other()
    {
        await using var host = await TopicHost.Start();
        await host.Tell(2);
        await using var honest = host.Client.CreateReceiver("events", "crm");
        var mine = await honest.ReceiveMessageAsync(Soon);
        foreach (var bytes in (byte[][])[[0, 0, 0, 20, 2, 0, 0, 0, 0, 0x53, 0x13, 0xc0, 0xff, 0xff, 0xff, 0xff, 1, 1, 1, 1],
            RawAmqpClient.Frame(0, Encoding.UTF8.GetBytes("\0\x53\x15 no disposition"))])
        {
            using var raw = await RawAmqpClient.Receiving(host.Port, "crm", "secret", Path);
            await raw.Write(bytes);
            Assert.True(await raw.Ends(Soon));
        }

        await honest.CompleteMessageAsync(mine);
        Assert.Equal("M-0/1", (await honest.ReceiveMessageAsync(Soon)).MessageId);
    }

    private static Task<Connection> Connect(TopicHost host)
    {
        var factory = new ConnectionFactory();
        factory.AMQP.ContainerId = Guid.NewGuid().ToString();
        return factory.CreateAsync(new Address("127.0.0.1", host.Port, "crm", "secret", scheme: "amqp"));
    }
}
