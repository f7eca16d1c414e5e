using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Outgoing;
using Club.Running;
using Club.Store;
using Xunit;

namespace Club.Tests.Outgoing;

/// <summary>A club with somebody who listens to it.</summary>
internal sealed class Listening : IAsyncDisposable
{
    public const string Id = "crm";

    private Listening(ClubFixture club, EventReceiver receiver) => (Club, Receiver) = (club, receiver);

    public ClubFixture Club { get; }
    public EventReceiver Receiver { get; }
    public string Secret { get; private set; } = "";

    public static async Task<Listening> Start(IClubStore? store = null, IClubStore? keys = null, params string[] types)
    {
        var club = new ClubFixture(store: store, keys: keys, more: new Dictionary<string, string?> { ["Events:AllowPrivateAddresses"] = "true" });
        var receiver = await EventReceiver.Start();
        receiver.Clock = club.Clock;
        var listening = new Listening(club, receiver);
        await listening.Subscribe(types);
        return listening;
    }

    /// <summary>Makes the subscription, or changes what it is told.</summary>
    public async Task Subscribe(params string[] types)
    {
        var put = await Book.Put(Id, new SubscriptionRequest(Receiver.Address, types.Length == 0 ? ["club.*"] : types),
            Caller.OperatorAs("王编辑"), default);
        if (put.Value.Subscription.Secret is { } secret) Receiver.Secrets = [Secret = secret];
    }

    public SubscriptionBook Book => Club.Get<SubscriptionBook>();
    public DeliveryDesk Desk => Club.Get<DeliveryDesk>();

    public async Task<SubscriptionView> Subscription() => (await Book.Find(Id, default))!;

    public async Task<IReadOnlyList<DeliveryView>> Deliveries(DeliveryState? state = null) => (await Desk.List(Id, state, 200, null, default))!.Value.Items;

    /// <summary>Delivers until nothing more is to be done now.</summary>
    public Task Deliver() => Deliver(Club);

    public static async Task Deliver(ClubFixture club)
    {
        await club.Get<Work>().Start(default, OutgoingJob.Word);
        for (var i = 0; club.Queue.Take() is { Count: > 0 } messages; i++)
        {
            Assert.InRange(i, 0, 10_000);
            foreach (var message in messages) await club.Get<Work>().Handle(message);
        }
    }

    /// <summary>Something that happened to a member, numbered.</summary>
    public async Task Happen(MemberId member, int number)
    {
        var happened = new MemberEvent
        {
            Id = $"v:test:{number}", MemberId = member, Kind = MemberEventKind.SmsSent, At = Club.Clock.GetUtcNow(), Subject = $"test:{number}",
        };
        Assert.IsType<CommitResult.Written>(await Club.Store.Commit(member, [happened.ToCreate()]));
    }

    public static MemberId Member(int number) => new($"M{number:D16}");

    public async ValueTask DisposeAsync()
    {
        await Club.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
