using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Amqp;
using Amqp.Framing;
using Amqp.Handler;
using Amqp.Listener;
using Amqp.Sasl;
using Amqp.Types;
using Functions.Local.Amqp;
using Functions.Local.Queue;

namespace Club.Tests.Support;

/// <summary>A namespace of Service Bus over the queues of a host of this machine: clients send, look at the dead letters and receive them
/// under a lock. As in Azure a message is dropped that has the id of one before, in the queue of the partners.</summary>
internal sealed class BusNamespace : IDisposable
{
    private readonly Container _container;

    private BusNamespace(Container container, int port) => (_container, Port) = (container, port);

    public int Port { get; }

    public string ConnectionString =>
        $"Endpoint=sb://127.0.0.1:{Port};SharedAccessKeyName=app;SharedAccessKey=placeholder-queue-key;UseDevelopmentEmulator=true;";

    /// <summary>Called between a dead letter's return to its queue and its end among the dead; throwing is a crash there.</summary>
    public Action OnComplete { set => _container.OnComplete = value; }

    /// <summary>Dead letters that somebody holds.</summary>
    public int Held => _container.Held;

    public static BusNamespace Start(DurableQueues queues)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var container = new Container(queues, port);
        container.Open();
        return new BusNamespace(container, port);
    }

    public void Dispose() => _container.Close();

    private sealed class Container : ContainerHost, ILinkProcessor
    {
        private const string DeadSuffix = "/$deadletterqueue";
        private const string ManagementSuffix = "/$management";
        private readonly DurableQueues _queues;
        private readonly ConcurrentDictionary<long, bool> _held = new();
        private readonly ConcurrentDictionary<string, bool> _ids = new();
        private readonly ConcurrentDictionary<(object Connection, string Address), ReplyLink> _replies = new();

        public Container(DurableQueues queues, int port) : base(new Address($"amqp://127.0.0.1:{port}"))
        {
            _queues = queues;
            Listeners[0].SASL.EnableMechanism("MSSBCBS", new Anybody());
            RegisterLinkProcessor(this);
            Listeners[0].HandlerFactory = static _ => new LockTokens();
        }

        public Action OnComplete { get; set; } = static () => { };

        public int Held => _held.Count;

        public void Process(AttachContext attachContext)
        {
            var (link, attach) = (attachContext.Link, attachContext.Attach);
            var address = Path(link.Role ? ((Target)attach.Target).Address : ((Source)attach.Source).Address);
            var isRequest = address == Cbs.Address || address.EndsWith(ManagementSuffix, StringComparison.Ordinal);
            var connection = link.Session.Connection;
            if (isRequest && !link.Role)
            {
                // Several clients of one connection ask at once, each with an address of its own for the answer.
                var replyTo = ((Target)attach.Target).Address;
                var replies = new ReplyLink(link, replyTo);
                _replies[(connection, address)] = _replies[(connection, replyTo)] = replies;
                attachContext.Complete(new Ends { Flow = flow => replies.Grow(flow.Messages) }, 0);
            }
            else if (isRequest)
                attachContext.Complete(new Ends { Message = request => Answer(connection, link, address, request.Message) }, 100);
            else if (link.Role)
            {
                attach.MaxMessageSize = QueueContainer.LargestMessage;
                attachContext.Complete(new Ends { Message = message => _ = Take(link, message.Message, address) }, 200);
            }
            else
                attachContext.Complete(new Ends
                {
                    Flow = flow => Give(link, DeadOf(address), flow.Messages), Disposition = end => _ = Settle(link, end.Message, end.DeliveryState),
                }, 0);
        }

        private static string Path(string address) =>
            (Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.AbsolutePath.Trim('/') : address).ToLowerInvariant();

        private static string DeadOf(string address) => address.Split(DeadSuffix, 2)[0];

        private async Task Take(ListenerLink link, Message message, string queue)
        {
            var isSeen = message.Properties?.GetMessageId() is { } id && !_ids.TryAdd($"{queue}/{id}", true);
            if (!isSeen || queue != "transactions") await _queues.Find(queue)!.Append(Bodies.Read(message).Messages);
            link.DisposeMessage(message, new Accepted(), true);
        }

        private void Give(ListenerLink link, string queue, int credit)
        {
            foreach (var dead in DeadRows.After(_queues, queue, 0, int.MaxValue))
            {
                if (credit-- <= 0) break;
                if (!_held.TryAdd(dead.Id, true)) continue;
                var message = Of(dead);
                message.MessageAnnotations[new Symbol("x-opt-locked-until")] = DateTime.UtcNow.AddMinutes(1);
                link.SendMessage(message);
            }
            // The client has waited long enough for the rest.
            if (link.IsDraining) link.CompleteDrain();
        }

        private async Task Settle(ListenerLink link, Message message, DeliveryState state)
        {
            var number = (long)message.MessageAnnotations[new Symbol("x-opt-sequence-number")];
            if (state is Accepted)
            {
                try
                {
                    OnComplete();
                }
                catch (InvalidOperationException)
                {
                    link.Session.Connection.Close(TimeSpan.Zero, new Error(ErrorCode.InternalError));
                    _held.TryRemove(number, out _);
                    return;
                }
                var drop = new DropMessages([number], []);
                _queues.File.Enqueue(drop);
                await drop.Done;
            }
            _held.TryRemove(number, out _);
            link.DisposeMessage(message, state, true);
        }

        private void Answer(object connection, ListenerLink link, string address, Message request)
        {
            link.DisposeMessage(request, new Accepted(), true);
            var reply = address == Cbs.Address ? Reply("status-code", 202, null) : Peek(DeadOf(address), (Map)request.Body);
            reply.Properties = new Properties();
            reply.Properties.SetCorrelationId(request.Properties.GetMessageId());
            var replies = request.Properties.ReplyTo is { } to && _replies.TryGetValue((connection, to), out var own) ? own
                : _replies[(connection, address)];
            replies.Send(reply);
        }

        private Message Peek(string queue, Map asked)
        {
            var dead = DeadRows.After(_queues, queue, (long)asked["from-sequence-number"] - 1, (int)asked["message-count"]);
            if (dead.Count == 0) return Reply("statusCode", 204, null);
            var messages = new List();
            foreach (var one in dead)
            {
                var bytes = Of(one).Encode();
                messages.Add(new Map { ["message"] = bytes.Buffer.AsSpan(bytes.Offset, bytes.Length).ToArray() });
            }
            return Reply("statusCode", 200, new Map { ["messages"] = messages });
        }

        private static Message Reply(string name, int status, object? body) => new()
        {
            ApplicationProperties = new ApplicationProperties { Map = { [name] = status } }, BodySection = new AmqpValue { Value = body },
        };

        private static Message Of(DeadRow dead) => new()
        {
            Header = new Header { DeliveryCount = (uint)dead.Deliveries },
            Properties = new Properties { MessageId = dead.MessageId, ContentType = "application/json" },
            MessageAnnotations = new MessageAnnotations
            {
                Map = { [new Symbol("x-opt-sequence-number")] = dead.Id, [new Symbol("x-opt-enqueued-time")] = dead.EnqueuedUtc },
            },
            ApplicationProperties = new ApplicationProperties
            {
                Map = { ["DeadLetterReason"] = "MaxDeliveryCountExceeded", ["DeadLetterErrorDescription"] = dead.Reason },
            },
            BodySection = new Data { Binary = System.Text.Encoding.UTF8.GetBytes(dead.Body) },
        };
    }

    /// <summary>What happens at this end of a link.</summary>
    private sealed class Ends : LinkEndpoint
    {
        public Action<MessageContext> Message { get; init; } = static _ => { };
        public Action<FlowContext> Flow { get; init; } = static _ => { };
        public Action<DispositionContext> Disposition { get; init; } = static _ => { };

        public override void OnMessage(MessageContext messageContext) => Message(messageContext);

        public override void OnFlow(FlowContext flowContext) => Flow(flowContext);

        public override void OnDisposition(DispositionContext dispositionContext) => Disposition(dispositionContext);
    }

    /// <summary>The token of a lock is the delivery's tag, as long as a GUID.</summary>
    private sealed class LockTokens : IHandler
    {
        public bool CanHandle(EventId id) => id == EventId.SendDelivery;

        public void Handle(Event protocolEvent) => ((IDelivery)protocolEvent.Context).Tag = Guid.NewGuid().ToByteArray();
    }

    /// <summary>Whoever knows the address is let in.</summary>
    private sealed class Anybody() : SaslProfile(new Symbol("MSSBCBS"))
    {
        protected override ITransport UpgradeTransport(ITransport transport) => transport;

        protected override DescribedList GetStartCommand(string hostname) => new SaslInit { Mechanism = Mechanism };

        protected override DescribedList OnCommand(DescribedList command) => new SaslOutcome { Code = SaslCode.Ok };
    }
}
