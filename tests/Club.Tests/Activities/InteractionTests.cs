using Club.Access;
using Club.Activities;
using Club.Earning;
using Club.Joining;
using Club.Members;
using Club.Kernel;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Activities;

/// <summary>Coins for signing in, medals and reputation, as the rule book of BYD's fans has them.</summary>
public sealed class InteractionTests : IAsyncDisposable
{
    private readonly ClubFixture _club = new("byd");
    private int _key;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task A_day_s_signing_in_earns_once_and_interactions_up_to_their_cap()
    {
        var fan = (await _club.Register()).MemberId;
        _club.At(2026, 5, 2);
        Assert.Equal([Coins(10)], (await Do(fan, "sign-in")).Earned);
        Assert.Equal([], (await Do(fan, "sign-in")).Earned);
        for (var i = 0; i < 12; i++) await Do(fan, "share", $"post-{i}");
        Assert.Equal(Points.Of(60), await _club.Balance(fan, "coins"));
        _club.At(2026, 5, 3);
        Assert.Equal([Coins(10)], (await Do(fan, "sign-in")).Earned);
        Assert.Equal([], await _club.Verify());
    }

    [Fact]
    public async Task The_same_key_and_the_same_thing_count_once()
    {
        var fan = (await _club.Register()).MemberId;
        var (request, key) = (new InteractionRequest("share", null, null, null, null, null, 1), new Command("k-1", "a"));
        Assert.False((await _club.Get<Interactions>().Record(fan, request, key, Caller.Operator, Cancellation)).Value.IsRepeat);
        _club.Clock.Advance(TimeSpan.FromHours(1));
        var again = (await _club.Get<Interactions>().Record(fan, request, key, Caller.Operator, Cancellation)).Value;
        Assert.Equal((true, 1), (again.IsRepeat, again.Answer.Earned.Count));
        Assert.Equal("different-content", (await _club.Get<Interactions>().Record(fan, request with { Kind = "post" }, key, Caller.Operator,
            Cancellation)).Problem!.Code);
        Assert.Equal([Coins(5)], (await Do(fan, "share", "post-1")).Earned);
        Assert.Equal([Coins(5)], (await Do(fan, "share", "post-1")).Earned);
        Assert.Equal(Points.Of(10), await _club.Balance(fan, "coins"));
    }

    /// <summary>When it happened is the club's to say where nobody does, and no part of what was asked for.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("post-1")]
    public async Task The_same_key_at_the_same_time_counts_once_and_is_answered_the_same(string? reference)
    {
        var fan = (await _club.Register()).MemberId;
        _club.Clock.AutoAdvanceAmount = TimeSpan.FromMilliseconds(1);
        var request = new InteractionRequest("share", null, reference, null, null, null, 1);
        for (var round = 0; round < 20; round++)
        {
            var command = new Command($"same-{round}", "a");
            var asked = reference is null ? request : request with { Reference = $"post-{round}" };
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
                _club.Get<Interactions>().Record(fan, asked, command, Caller.Operator, Cancellation))));
            Assert.All(answers, answer => Assert.Null(answer.Problem?.Code));
            Assert.Single(answers.Select(answer => answer.Value.Answer.At).Distinct());
            Assert.Single(answers, answer => !answer.Value.IsRepeat);
        }
    }

    [Fact]
    public async Task A_thing_is_known_again_after_two_fans_became_one()
    {
        var owner = (await _club.Register()).MemberId;
        var fan = (await _club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-1" })).MemberId;
        await Do(fan, "share", "post-1");
        await _club.Get<Merge>().Handle(fan, owner, Cancellation);
        await Do(owner, "share", "post-1");
        Assert.Equal(Points.Of(5), await _club.Balance(owner, "coins"));
    }

    [Fact]
    public async Task Medals_and_reputation_stand_beside_coins_and_lead_to_a_level()
    {
        var fan = (await _club.Register()).MemberId;
        await Do(fan, "post", topic: "fuel-saving");
        await Do(fan, "post", topic: "fuel-saving");
        await Do(fan, "answer-accepted");
        var standing = (await _club.Get<Interactions>().Of(fan, Caller.Operator, Cancellation))!;
        Assert.Equal([new KindCount("answer-accepted", 1), new KindCount("post", 2)], standing.Did);
        Assert.Equal([("coins", 10m), ("medals", 1m), ("reputation", 10m), ("cash", 0m)],
            standing.Has.Select(one => (one.Wallet.Value, one.Available.Value)));
        Assert.Equal(("fan", "粉丝"), (standing.Level.Value, standing.LevelName));
        Assert.Equal(("owner", 1m), Assert.Single(standing.Progress) is var next ? (next.Tier.Value, next.Missing) : default);
    }

    [Theory]
    [InlineData("""{"kind":"Sign In"}""")]
    [InlineData("""{"kind":"share","count":101}""")]
    [InlineData("""{"kind":"share","at":"yesterday"}""")]
    public void What_is_no_interaction_is_refused(string body) =>
        Assert.Equal("invalid-data", JsonFields.Parse(System.Text.Encoding.UTF8.GetBytes(body), InteractionRequest.Read).Problem!.Code);

    [Theory]
    [InlineData("skoda", "vehicle")]
    [InlineData("skoda", "repurchase")]
    [InlineData("skoda", "partner-event")]
    [InlineData("skoda", "airport")]
    [InlineData("skoda", "branch-event")]
    [InlineData("miles", "bank-card")]
    public async Task What_comes_with_bills_is_no_interaction(string book, string kind)
    {
        await using var club = new ClubFixture(book);
        Assert.Equal("$.kind", (await Tell(club, kind)).Problem?.Path);
    }

    /// <summary>A room cannot book a category that it has not registered, and what is registered nobody tells.</summary>
    [Fact]
    public async Task What_a_room_of_the_club_books_itself_is_refused()
    {
        await using var club = new ClubFixture("skoda");
        var own = club.Get<IEnumerable<OwnCategories>>().SelectMany(room => room.Categories).ToArray();
        foreach (var known in (string[])["referral", "referred", "repurchase", "activity", "activity-guest"]) Assert.Contains(known, own);
        foreach (var kind in own) Assert.Equal("$.kind", (await Tell(club, kind)).Problem?.Path);
        Transaction Of(string category) => new("/club/new", "1", club.Clock.GetUtcNow(), new DateOnly(2026, 3, 2), null, null, null, null,
            null, [new TransactionLine("1", category, null, null, 1, Money.Zero)]);
        var member = (await club.Register()).MemberId;
        var transactions = club.Get<OwnTransactions>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => transactions.Record(member, Of("new-room"), Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(() => transactions.RecordTold(member, Of(own[0]), Cancellation));
    }

    /// <summary>What the rule books of clubs have for their websites.</summary>
    [Theory]
    [InlineData("byd", "sign-in post share game answer-accepted test-drive like")]
    [InlineData("skoda", "interaction survey details club-event")]
    [InlineData("foton", "interaction details booking")]
    public async Task What_members_do_is_taken(string book, string kinds)
    {
        await using var club = new ClubFixture(book);
        foreach (var kind in kinds.Split(' ')) Assert.Null((await Tell(club, kind)).Problem?.Message);
    }

    private static async Task<Outcome<Answered<InteractionView>>> Tell(ClubFixture club, string kind) =>
        await club.Get<Interactions>().Record((await club.Register()).MemberId, new InteractionRequest(kind, null, null, null, null, null, 1),
            new Command($"key-{kind}", "a"), Caller.Operator, Cancellation);

    [Fact]
    public async Task What_was_long_ago_or_is_to_come_is_refused()
    {
        var fan = (await _club.Register()).MemberId;
        foreach (var days in (int[])[-32, 1])
            Assert.Equal("invalid-data", (await _club.Get<Interactions>().Record(fan, new InteractionRequest("share",
                _club.Clock.GetUtcNow().AddDays(days), null, null, null, null, 1), new Command("k", "a"), Caller.Operator, Cancellation)).Problem!.Code);
        Assert.Equal(Points.Zero, await _club.Balance(fan, "coins"));
    }

    private static Earned Coins(decimal points) => new(new WalletCode("coins"), Points.Of(points));

    private async Task<InteractionView> Do(MemberId member, string kind, string? reference = null, string? topic = null) =>
        (await _club.Get<Interactions>().Record(member, new InteractionRequest(kind, null, reference, topic, null, null, 1),
            new Command($"key-{++_key}", "a"), Caller.Operator, Cancellation)).Value.Answer;
}
