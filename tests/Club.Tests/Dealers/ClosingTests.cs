using Club.Access;
using Club.Dealers;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Running;
using Club.Store;
using Club.Tests.Joining;
using Xunit;
using static Club.Tests.Dealers.DealerClub;

namespace Club.Tests.Dealers;

/// <summary>A dealer that closes leaves no member behind, whatever comes between.</summary>
public sealed class ClosingTests
{
    [Fact]
    public async Task Members_go_to_whoever_takes_over_and_their_history_says_why()
    {
        await using var club = new ClubFixture("skoda");
        var members = new List<MemberId>();
        for (var i = 0; i < 250; i++) members.Add(await club.Join($"1380013{i:0000}", "D021"));
        var other = await club.Join("13900139000", "D023");
        var closing = (await club.Close("D021", "D022")).Value;
        Assert.Equal((DealerState.Closed, "D022", null), (closing.State, closing.MergedInto?.Value, closing.MovedAt));
        await club.Work();

        Assert.Equal((0, 250, "D023"), (await club.Of("D021"), await club.Of("D022"), await club.Branch(other)));
        var told = (await club.Get<MemberHistory>().List(members[7], false, 50, null, Cancellation)).Items
            .Single(one => one.Kind == MemberEventKind.Transferred);
        Assert.Equal(("D021", "D022", "网络调整", "王芳"), (told.From, told.To, told.Reason, told.Author));
        Assert.Equal(250, (await club.Get<Transfers>().List(new DealerId("D021"), TransferDirection.Out, Caller.Operator, 500, null, Cancellation)).Items.Count);
        Assert.NotNull((await club.Dealer("D021")).MovedAt);
        // The same again is the same, and something else comes too late.
        Assert.True((await club.Close("D021", "D022")).Succeeded);
        Assert.Equal("already-decided", (await club.Close("D021", null)).Problem!.Code);
        Assert.Empty(club.Queue.Take());
        await club.Sweep(FeedJob.Word);
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task Whoever_has_nobody_to_go_to_belongs_to_headquarters_and_keeps_her_points()
    {
        await using var club = new ClubFixture("skoda");
        var member = await club.Join("13800138000", "D021");
        await club.Send(Events.Bill());
        var before = await club.Balance(member);
        await club.Close("D021", null);
        await club.Work();
        Assert.Equal((null, before), (await club.Branch(member), await club.Balance(member)));
        var left = (await club.Get<Transfers>().List(new DealerId("D021"), TransferDirection.Out, Caller.Operator, 50, null, Cancellation)).Items;
        Assert.Equal([null], left.Select(one => one.To));
        await club.Sweep(FeedJob.Word);
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task A_closing_to_come_waits_for_its_day_and_may_be_put_off_or_called_off()
    {
        await using var club = new ClubFixture("skoda");
        var member = await club.Join("13800138000", "D021");
        Assert.Equal(DealerState.Closing, (await club.Close("D021", "D022", "2026-04-01")).Value.State);
        Assert.Equal("D023", (await club.Close("D021", "D023", "2026-05-01")).Value.MergedInto!.Value.Value);
        club.At(2026, 4, 1);
        await club.Sweep(FinishSweep.Word);
        Assert.Equal("D021", await club.Branch(member));
        Assert.Equal(DealerState.Open, (await club.Get<DealerClosings>().Open(new DealerId("D021"), new DateOnly(2026, 4, 1), Hq, Cancellation)).Value.State);
        club.At(2026, 5, 1);
        await club.Sweep(FinishSweep.Word);
        Assert.Equal("D021", await club.Branch(member));
        await club.Close("D021", "D023", "2026-05-02");
        club.At(2026, 5, 2, 1);
        await club.Sweep(FinishSweep.Word);
        Assert.Equal("D023", await club.Branch(member));
        // Open again: whoever was moved stays where she is.
        await club.Get<DealerClosings>().Open(new DealerId("D021"), new DateOnly(2026, 6, 1), Hq, Cancellation);
        Assert.Equal((DealerState.Planned, "D023"), ((await club.Dealer("D021")).State, await club.Branch(member)));
    }

    [Theory]
    [InlineData("D021", "D021", "2026-03-02", "$.into")]
    [InlineData("D021", "D999", "2026-03-02", "$.into")]
    [InlineData("D021", "D030", "2026-03-02", "$.into")]
    [InlineData("D040", null, "2026-01-01", "$.on")]
    [InlineData("D021", "D022", "1990-01-01", "$.on")]
    [InlineData("D021", "D022", "2026-01-29", "$.on")]
    [InlineData("D021", "D119", "2026-03-02", "$.into")]
    [InlineData("D021", "D041", "2026-03-02", "$.into")]
    public async Task What_cannot_be_is_refused(string code, string? into, string on, string path)
    {
        await using var club = new ClubFixture("skoda");
        await club.Put("D040", """{"name":"新店","openedOn":"2026-02-01"}""");
        await club.Put("D041", """{"name":"新店","openedOn":"2026-05-01"}""");
        await club.Close("D030", null);
        Assert.Equal(path, (await club.Close(code, into, on)).Problem!.Path);
        Assert.Equal("not-found", (await club.Close("D999", null)).Problem!.Code);
    }

    /// <summary>Whatever is planned counts, also into the dealer that closes, and in any order of days.</summary>
    [Theory]
    [InlineData("2026-12-05")]
    [InlineData("2026-12-15")]
    public async Task Closings_that_are_planned_lead_to_an_open_dealer(string on)
    {
        await using var club = new ClubFixture("skoda");
        var member = await club.Join("13800138000", "D006");
        Assert.True((await club.Close("D006", "D007", "2026-12-10")).Succeeded);
        foreach (var into in (string?[])["D006", null]) Assert.Equal("$.into", (await club.Close("D007", into, on)).Problem?.Path);
        Assert.True((await club.Close("D008", null, "2026-12-20")).Succeeded);
        Assert.Equal("$.into", (await club.Close("D007", "D008", on)).Problem?.Path);
        Assert.True((await club.Close("D007", "D009", on)).Succeeded);
        // A longer way around is one too.
        Assert.Equal("$.into", (await club.Close("D009", "D006", "2026-12-01")).Problem?.Path);
        Assert.True((await club.Close("D009", "D010", "2026-12-24")).Succeeded);
        club.At(2026, 12, 25);
        for (var i = 0; i < 3; i++)
        {
            await club.Sweep(FinishSweep.Word);
            await club.Follow();
        }
        Assert.Equal("D010", await club.Branch(member));
    }

    /// <summary>Opening shuts nobody, by whichever call a later day is told.</summary>
    [Fact]
    public async Task A_dealer_that_is_open_is_not_shut_by_a_later_first_day()
    {
        await using var club = new ClubFixture("skoda");
        Task<Outcome<DealerView>> Open(string code, int month) =>
            club.Get<DealerClosings>().Open(new DealerId(code), new DateOnly(2026, month, 1), Hq, Cancellation);
        Assert.Equal("$.on", (await Open("D013", 12)).Problem?.Path);
        await club.Close("D013", null, "2026-06-01");
        Assert.Equal("$.on", (await Open("D013", 12)).Problem?.Path);
        Assert.Equal(DealerState.Closing, (await club.Dealer("D013")).State);
        Assert.Equal(DealerState.Open, (await Open("D013", 3)).Value.State);
        Assert.Equal("$.openedOn", (await club.Put("D013", """{"name":"老店","openedOn":"2026-12-01"}""")).Problem?.Path);
        // One that is to open may open later, and one that is closed on a day to come.
        Assert.True((await club.Put("D042", """{"name":"新店","openedOn":"2026-05-01"}""")).Succeeded);
        Assert.Equal(DealerState.Planned, (await Open("D042", 6)).Value.State);
        await club.Close("D014", null);
        await club.Work();
        Assert.Equal(DealerState.Planned, (await Open("D014", 12)).Value.State);
    }

    /// <summary>Two who close two dealers into each other at once see nothing of one another.</summary>
    [Fact]
    public async Task Dealers_that_close_into_each_other_leave_their_members_to_headquarters()
    {
        await using var club = new ClubFixture("skoda");
        var (one, two) = (await club.Join("13800138000", "D021"), await club.Join("13900139000", "D022"));
        foreach (var (code, into) in ((string, string)[])[("D021", "D022"), ("D022", "D021")])
        {
            var closing = new DealerClosing(new DateOnly(2026, 3, 2), new DealerId(into), "网络调整", "王芳", club.Clock.GetUtcNow());
            var dealer = new Dealership { Code = new DealerId(code), Closing = closing, ChangedAt = closing.At, ChangedBy = "王芳" };
            await club.Store.Commit(Dealership.PartitionOf(dealer.Code), [dealer.ToCreate()], Cancellation);
        }
        for (var i = 0; i < 3; i++)
        {
            await club.Sweep(FinishSweep.Word);
            await club.Follow();
        }
        Assert.Equal((null, null), (await club.Branch(one), await club.Branch(two)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_is_made_up_for(bool unanswered)
    {
        for (var writes = 0; ; writes++)
        {
            var store = new MemoryStore();
            var members = new List<MemberId>();
            await using (var club = new ClubFixture("skoda", store))
                for (var i = 0; i < 3; i++) members.Add(await club.Join($"1380013800{i}", "D021"));
            var dying = new CrashingStore(store) { Unanswered = unanswered };
            dying.CrashAfter(writes);
            var crashed = false;
            await using (var club = new ClubFixture("skoda", dying))
                crashed = await Record.ExceptionAsync(async () =>
                {
                    await club.Close("D021", "D022");
                    await club.Work();
                }) is not null;
            await using var next = new ClubFixture("skoda", store);
            Assert.True((await next.Close("D021", "D022")).Succeeded);
            await next.Sweep(FinishSweep.Word);
            await next.Work();
            Assert.Equal((0, 3), (await next.Of("D021"), await next.Of("D022")));
            foreach (var member in members)
                Assert.Single((await next.Get<MemberHistory>().List(member, false, 50, null, Cancellation)).Items, one => one.Kind == MemberEventKind.Transferred);
            next.At(2026, 3, 3);
            await next.Sweep(FinishSweep.Word);
            Assert.Empty((await next.Store.Find(new IndexQuery(DueIndex.Finish, "", IndexQuery.Last), Cancellation)).Documents);
            Assert.Equal([], await next.Verify());
            if (!crashed) return;
        }
    }

    /// <summary>One who cannot be moved keeps nobody else, and is moved once she can be.</summary>
    [Fact]
    public async Task Who_cannot_be_moved_now_is_moved_later()
    {
        var store = new BarredStore(new MemoryStore());
        await using var club = new ClubFixture("skoda", store);
        var members = new List<MemberId>();
        for (var i = 0; i < 120; i++) members.Add(await club.Join($"1380013{i:0000}", "D021"));
        store.Barred = [members[0], members[60], members[119]];
        await club.Close("D021", "D022");
        await Assert.ThrowsAsync<StoreException>(club.Work);
        Assert.Equal((3, 117, null), (await club.Of("D021"), await club.Of("D022"), (await club.Dealer("D021")).MovedAt));
        Assert.Empty(club.Queue.Take());
        Assert.Equal(1, (await club.Sweep(FinishSweep.Word)).Failed);
        store.Barred = [];
        Assert.Equal(0, (await club.Sweep(FinishSweep.Word)).Failed);
        Assert.Equal((0, 120), (await club.Of("D021"), await club.Of("D022")));
        Assert.NotNull((await club.Dealer("D021")).MovedAt);
    }

    /// <summary>Whatever another host does with a member at any moment at which she is moved.</summary>
    [Theory]
    [InlineData("transfer")]
    [InlineData("merge")]
    [InlineData("join")]
    public async Task Whoever_moves_meanwhile_ends_where_she_should(string what)
    {
        for (var call = 1; ; call++)
        {
            var store = new InterruptedStore(new MemoryStore());
            await using var club = new ClubFixture("skoda", store.Inner);
            await using var slow = new ClubFixture("skoda", store);
            var owner = await club.Join("13700137000", null);
            var fan = (await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-1", DealerId = new DealerId("D021") })).MemberId;
            var isMet = false;
            store.At(call, async () =>
            {
                isMet = true;
                await Do(what, club, fan, owner);
            });
            await slow.Close("D021", "D022");
            await slow.Work();
            if (!isMet) await Do(what, club, fan, owner);
            await club.Follow();
            Assert.Equal(0, await club.Of("D021"));
            var expected = what == "transfer" ? "D023" : "D022";
            Assert.True((await club.Branch(fan)) is { } at && (at == expected || isMet && at == "D022"), $"{what} {call}: {await club.Branch(fan)}");
            Assert.Equal([], await club.Verify());
            if (!isMet) return;
        }
    }

    [Fact]
    public async Task Whoever_joins_a_closed_dealer_by_an_old_code_goes_on_the_day_after_at_the_latest()
    {
        await using var club = new ClubFixture("skoda");
        await using var late = new ClubFixture("skoda", club.Raw);
        await late.Get<ClosedDealers>().Now(Cancellation);
        await club.Close("D021", "D022");
        await club.Work();
        // Another host whose picture is of before looks at what happened, and sees nothing in it.
        var member = await club.Join("13800138000", "D021");
        await late.Follow();
        Assert.Equal("D021", await club.Branch(member));
        club.At(2026, 3, 3);
        await club.Sweep(FinishSweep.Word);
        Assert.Equal("D022", await club.Branch(member));
        var next = await club.Join("13900139000", "D021");
        await club.Follow();
        Assert.Equal("D022", await club.Branch(next));
    }

    private static async Task Do(string what, ClubFixture club, MemberId fan, MemberId owner)
    {
        if (what == "merge") await club.Get<Merge>().Handle(fan, owner, Cancellation);
        else if (what == "join") await club.Join("13600136000", "D021");
        else
            await club.Get<Transfers>().Move(fan, new TransferRequest(new DealerId("D023"), "搬家"), Caller.OperatorAs("A017"), Cancellation);
    }
}

/// <summary>A store that takes nothing for some partitions.</summary>
internal sealed class BarredStore(IClubStore store) : IClubStore
{
    public IReadOnlyCollection<MemberId> Barred { get; set; } = [];

    public ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default) => store.Read(partition, id, cancellation);

    public ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default) => store.Find(query, cancellation);

    public ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default) =>
        store.Changes(bookmark, limit, cancellation);

    public ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default) =>
        Barred.Any(one => one.Value == partition) ? throw new StoreException("Not this one.") : store.Commit(partition, writes, cancellation);
}
