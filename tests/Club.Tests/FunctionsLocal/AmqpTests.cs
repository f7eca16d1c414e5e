using Club.Local;
using System.Text;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Functions.Local.Amqp;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Tests.FunctionsLocal;

public sealed class AmqpTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Later = DateTimeOffset.UtcNow.AddHours(1);

    private readonly Probe _probe = new();
    private TestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TestHost.Start(_probe, [typeof(SingleProbe)], settings: new()
    {
        ["Local__QueueKeys__dms"] = "a:b:c:Send",
        ["Local__QueueKeys__reader"] = "listen-only:Listen",
        ["Local__QueueKeys__owner"] = "everything:Manage",
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("dms", "a:b:c")]
    [InlineData("owner", "everything")]
    public async Task A_message_sent_with_a_key_that_may_send_reaches_the_function(string name, string key)
    {
        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort);
        Assert.Equal(202, await client.PutToken("transactions", name, key, Later));
        var sender = await client.Attach("transactions");
        Assert.IsType<Accepted>(await sender.Send(Text("hello", "WO-1")));
        await Eventually.True(() => _probe.Deliveries.Count == 1, "the function is called");
        Assert.Equal(("hello", "WO-1"), (_probe.Deliveries.Single().Bodies[0], _probe.Deliveries.Single().MessageIds[0]));
    }

    [Theory]
    [InlineData("dms", "a:b", "transactions")]
    [InlineData("dms", "", "transactions")]
    [InlineData("nobody", "a:b:c", "transactions")]
    [InlineData("DMS", "a:b:c", "transactions")]
    public async Task A_wrong_key_or_name_is_refused(string name, string key, string queue)
    {
        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort);
        Assert.Equal(401, await client.PutToken(queue, name, key, Later));
        await AssertRefused(client, queue, ErrorCode.UnauthorizedAccess);
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort);
        Assert.Equal(401, await client.PutToken("transactions", "dms", "a:b:c", DateTimeOffset.UtcNow.AddSeconds(-1)));
        await AssertRefused(client, "transactions", ErrorCode.UnauthorizedAccess);
    }

    [Fact]
    public async Task A_token_that_expires_ends_the_sending_and_a_new_one_goes_on()
    {
        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort);
        await client.PutToken("transactions", "dms", "a:b:c", DateTimeOffset.UtcNow.AddSeconds(2));
        var sender = await client.Attach("transactions");
        Outcome? outcome = null;
        await Eventually.True(() => (outcome = sender.Send(Text("x")).GetAwaiter().GetResult()) is Rejected, "the token expires");
        Assert.Equal((Symbol)ErrorCode.UnauthorizedAccess, Assert.IsType<Rejected>(outcome).Error.Condition);
        await client.PutToken("transactions", "dms", "a:b:c", Later);
        Assert.IsType<Accepted>(await sender.Send(Text("x")));
    }

    [Fact]
    public async Task Without_a_token_nothing_can_be_attached()
    {
        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort);
        await AssertRefused(client, "transactions", ErrorCode.UnauthorizedAccess);
    }

    [Fact]
    public async Task A_token_for_another_queue_does_not_serve()
    {
        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort);
        Assert.Equal(202, await client.PutToken("work", "dms", "a:b:c", Later));
        await AssertRefused(client, "transactions", ErrorCode.UnauthorizedAccess);
    }

    [Fact]
    public async Task A_token_for_the_whole_host_serves_every_queue()
    {
        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort);
        Assert.Equal(202, await client.PutToken("", "dms", "a:b:c", Later));
        Assert.IsType<Accepted>(await (await client.Attach("transactions")).Send(Text("x")));
    }

    [Fact]
    public async Task A_key_that_may_only_listen_cannot_send()
    {
        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort);
        Assert.Equal(202, await client.PutToken("transactions", "reader", "listen-only", Later));
        await AssertRefused(client, "transactions", ErrorCode.UnauthorizedAccess);
    }

    [Theory]
    [InlineData("work")]
    [InlineData("Work")]
    public async Task A_key_that_may_only_send_does_not_reach_the_clubs_own_work(string queue)
    {
        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort);
        Assert.Equal(202, await client.PutToken("", "dms", "a:b:c", Later));
        Assert.IsType<Accepted>(await (await client.Attach("transactions")).Send(Text("x")));
        await AssertRefused(client, queue, ErrorCode.UnauthorizedAccess);
    }

    [Theory]
    [InlineData("Send", "transactions", true)]
    [InlineData("Send,Listen", "transactions", true)]
    [InlineData("Manage", "transactions", true)]
    [InlineData("Listen", "transactions", false)]
    [InlineData("Manage", "work", true)]
    [InlineData("Send", "work", false)]
    [InlineData("Send,Listen", "work", false)]
    [InlineData("Send", "WORK", false)]
    public void The_clubs_own_work_takes_Manage(string claims, string queue, bool maySend)
    {
        Assert.True(QueueKey.TryParse("dms", $"secret:{claims}", out var key));
        Assert.Equal(maySend, key.Permits(QueueKey.ClaimFor(queue, ClubComposition.Queues)));
    }

    [Fact]
    public async Task An_unknown_queue_is_not_made()
    {
        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort);
        await client.PutToken("", "dms", "a:b:c", Later);
        await AssertRefused(client, "nothing", ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_changed_signature_is_refused()
    {
        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort);
        var token = SasToken.Create("sb://localhost/transactions", "dms", "a:b:c", Later);
        Assert.Equal(401, await client.PutToken(token.Replace("transactions", "work", StringComparison.Ordinal)));
        Assert.Equal(401, await client.PutToken(token.Replace("se=", "se=9", StringComparison.Ordinal)));
        Assert.Equal(401, await client.PutToken("SharedAccessSignature nonsense"));
        Assert.Equal(401, await client.PutToken(""));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Every_message_of_a_batch_arrives(int count)
    {
        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort);
        await client.PutToken("transactions", "dms", "a:b:c", Later);
        var bodies = Enumerable.Range(0, count).Select(i => $"车 {i}").ToArray();
        var batch = new DataList();
        foreach (var body in bodies) batch.Add(new Data { Buffer = Text(body).Encode() });
        using var message = new Message { Format = 0x80013700, BodySection = count == 1 ? batch[0] : batch };
        Assert.IsType<Accepted>(await (await client.Attach("transactions")).Send(message));
        await Eventually.True(() => _probe.Deliveries.Count == count, "all are delivered");
        Assert.Equal(bodies.Order(StringComparer.Ordinal), _probe.Deliveries.Select(d => d.Bodies[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_message_has_at_most_256_kilobytes_and_the_link_lives_on()
    {
        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort);
        await client.PutToken("transactions", "dms", "a:b:c", Later);
        var sender = await client.Attach("transactions");
        var refused = Assert.IsType<Rejected>(await sender.Send(Text(new string('x', 256 * 1024))));
        Assert.Equal((Symbol)ErrorCode.MessageSizeExceeded, refused.Error.Condition);
        Assert.IsType<Accepted>(await sender.Send(Text(new string('x', 255 * 1024))));
        await Eventually.True(() => _probe.Deliveries.Count == 1, "the one that fits is delivered");
    }

    [Fact]
    public async Task A_body_may_be_a_string_but_nothing_else_than_text()
    {
        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort);
        await client.PutToken("transactions", "dms", "a:b:c", Later);
        var sender = await client.Attach("transactions");
        Assert.IsType<Accepted>(await sender.Send(new Message("a string")));
        Assert.IsType<Rejected>(await sender.Send(new Message(42)));
        Assert.IsType<Rejected>(await sender.Send(new Message { BodySection = new Data { Binary = [0xFF, 0xFE, 0x00] } }));
        Assert.IsType<Rejected>(await sender.Send(new Message { Format = 0x80013700, BodySection = new Data { Binary = [1, 2, 3] } }));
        await Eventually.True(() => _probe.Deliveries.Count == 1, "the text is delivered");
        Assert.Equal("a string", _probe.Deliveries.Single().Bodies[0]);
    }

    [Theory]
    [InlineData("dms", "a:b:c", true)]
    [InlineData("dms", "wrong", false)]
    [InlineData("nobody", "a:b:c", false)]
    public async Task A_plain_client_shows_its_key_at_once(string name, string key, bool admitted)
    {
        if (!admitted)
        {
            await Assert.ThrowsAnyAsync<AmqpException>(() => TestQueueClient.Connect(_host.Host.AmqpPort, name, key));
            return;
        }

        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort, name, key);
        Assert.IsType<Accepted>(await (await client.Attach("transactions")).Send(Text("x")));
    }

    [Fact]
    public async Task Nothing_can_be_received()
    {
        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort, "owner", "everything");
        Assert.Equal((Symbol)ErrorCode.NotImplemented, (await client.TryReceive("transactions")).Condition);
    }

    [Fact]
    public async Task A_client_that_speaks_something_else_does_not_disturb_others()
    {
        using var stranger = new System.Net.Sockets.TcpClient("127.0.0.1", _host.Host.AmqpPort);
        await stranger.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        using var silent = new System.Net.Sockets.TcpClient("127.0.0.1", _host.Host.AmqpPort);
        await using var client = await TestQueueClient.Connect(_host.Host.AmqpPort);
        Assert.Equal(202, await client.PutToken("transactions", "dms", "a:b:c", Later));
    }

    [Fact]
    public async Task What_was_accepted_survives_a_kill()
    {
        using var directory = new TempDirectory();
        await using var killed = await TestHost.Start(_probe, [], directory);
        await using var client = await TestQueueClient.Connect(killed.Host.AmqpPort);
        await client.PutToken("transactions", DevelopmentKeys.QueueKeyName, DevelopmentKeys.QueueKey, Later);
        Assert.IsType<Accepted>(await (await client.Attach("transactions")).Send(Text("accepted")));

        using var left = directory.CopyAsIfKilled();
        await using var next = await TestHost.Start(_probe, [typeof(SingleProbe)], left);
        await Eventually.True(() => _probe.TimesSeen("accepted") == 1, "it is delivered by the next host");
    }

    private static async Task AssertRefused(TestQueueClient client, string queue, string condition)
    {
        var refused = await Assert.ThrowsAsync<AmqpException>(() => client.Attach(queue));
        Assert.Equal((Symbol)condition, refused.Error.Condition);
    }

    private static Message Text(string body, string? id = null) => new()
    {
        Properties = id is null ? null : new Properties { MessageId = id },
        BodySection = new Data { Binary = Encoding.UTF8.GetBytes(body) },
    };
}
