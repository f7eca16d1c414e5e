using System.Globalization;
using System.Text.Json.Nodes;
using Club.Identity;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Reports;
using Club.Store;
using CsCheck;
using Xunit;

namespace Club.Tests.Reports;

/// <summary>The rows of the projection are what a full scan of the store counts, whatever stopped it on its way.</summary>
public class MembersByMonthTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What the histories had in them.</summary>
    private readonly HashSet<string> _met = [];

    /// <summary>So many are lived; of few not everything is asked.</summary>
    protected virtual int Histories => 12;

    protected virtual Task<IClubStore> NewStore() => Task.FromResult<IClubStore>(new MemoryStore());

    [Fact]
    public async Task Rows_equal_a_full_scan_whatever_is_told_twice_stopped_or_rebuilt()
    {
        await Gen.Int.SampleAsync(Live, iter: Histories, threads: 1);
        string[] all = ["Joined", "TierChanged", "Left", "Lapsed", "Returned", "Merged", "Accrual", "Reversal", "Expiry", "Copied"];
        if (Histories >= 12) Assert.Empty(all.Except(_met));
    }

    private async Task Live(int seed)
    {
        var random = new Random(seed);
        var store = await NewStore();
        try
        {
            await using var club = new ClubFixture(store: store, rules: Rules());
            var projection = club.Get<IEnumerable<IProjection>>().OfType<MembersByMonth>().Single();
            await Begin(club);
            for (var step = 0; step < 60; step++)
            {
                await Happen(club, random);
                if (random.Next(3) == 0) await MoveOn(store, projection, random);
            }
            // As a host does that is in no trouble; here by the sweep itself.
            await club.Sweep(FeedJob.Word);
            await AssertEqual(club, projection);
            await club.Get<Projections>().Rebuild(projection, Cancellation);
            Assert.Empty(await Rows(store, projection));
            await club.Sweep(FeedJob.Word);
            await AssertEqual(club, projection);
            Assert.Empty(await club.Verify());
        }
        finally
        {
            (store as IDisposable)?.Dispose();
        }
    }

    [Fact]
    public async Task Hosts_at_once_count_each_once()
    {
        var store = await NewStore();
        await using var club = new ClubFixture(store: store);
        var projection = club.Get<IEnumerable<IProjection>>().OfType<MembersByMonth>().Single();
        var random = new Random(7);
        for (var step = 0; step < 80; step++) await Happen(club, random);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!await new Projections(store, [projection]).Advance(1000, Cancellation)) { }
        })));
        await AssertEqual(club, projection);
        (store as IDisposable)?.Dispose();
    }

    [Fact]
    public async Task What_changed_elsewhere_costs_no_commit()
    {
        var store = await NewStore();
        await using var club = new ClubFixture(store: store);
        await club.Register();
        await club.Sweep(FeedJob.Word);
        var projection = club.Get<IEnumerable<IProjection>>().OfType<MembersByMonth>().Single();
        var before = await store.Read(Projections.PartitionOf(projection), Bookmark.Id, Cancellation);
        await club.Sweep(FeedJob.Word);
        Assert.NotNull(before);
        Assert.Equal(before.ETag, (await store.Read(Projections.PartitionOf(projection), Bookmark.Id, Cancellation))!.ETag);
        (store as IDisposable)?.Dispose();
    }

    /// <summary>A form of the website knows no moment of its own, and may come in the tick of the leaving.</summary>
    [Fact]
    public async Task Who_leaves_and_comes_back_in_one_moment_is_counted_for_both()
    {
        var store = await NewStore();
        await using var club = new ClubFixture(store: store);
        var projection = club.Get<IEnumerable<IProjection>>().OfType<MembersByMonth>().Single();
        await Follow(club, "openid-1");
        club.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await club.Get<Membership>().LeaveWeChat("openid-1", club.Clock.GetUtcNow(), Cancellation));
        await club.Register("13800138001", form => form with { OpenId = "openid-1" });
        for (var i = 0; i < 2; i++) await new Projections(store, [projection]).Advance(projection, 50, Cancellation);
        await AssertEqual(club, projection);
        var rows = await Rows(store, projection);
        Assert.Equal((1, 1, 1), (rows.Sum(row => row.Left), rows.Sum(row => row.Returned), rows.Sum(row => row.Members)));
        (store as IDisposable)?.Dispose();
    }

    /// <summary>Who is not seen for a quarter of a year has lapsed.</summary>
    private static Programme Rules()
    {
        var file = JsonNode.Parse(Repository.Read("functions", "Programmes", "foton.json"))!;
        file["membership"] = JsonNode.Parse("""{"lapsesAfterMonths":3}""");
        return Book.Read(file);
    }

    /// <summary>Moves the projection on in trouble, sometimes beginning again.</summary>
    private static async Task MoveOn(IClubStore store, IProjection projection, Random random)
    {
        var troubled = new RepeatingStore(store, random);
        troubled.Trouble();
        try
        {
            if (random.Next(6) == 0) await new Projections(troubled, []).Rebuild(projection, Cancellation);
            await new Projections(troubled, []).Advance(projection, 50, Cancellation);
        }
        catch (StoreException)
        {
            // The process ended there.
        }
    }

    /// <summary>What chance alone brings too seldom: a follower with points is found to be a member, and another leaves and comes
    /// back.</summary>
    private static async Task Begin(ClubFixture club)
    {
        await club.Register("13800138000", form => form with { DealerId = new DealerId("D021" )});
        await Follow(club, "openid-0");
        await club.Send(Events.Bill("B0", member: new { openId = "openid-0" }));
        await club.Register("13800138000", form => form with { OpenId = "openid-0" });
        await Follow(club, "openid-4");
        club.Clock.Advance(TimeSpan.FromHours(1));
        await club.Get<Membership>().LeaveWeChat("openid-4", club.Clock.GetUtcNow(), Cancellation);
        club.Clock.Advance(TimeSpan.FromHours(1));
        await Follow(club, "openid-4");
        await ComeBackOtherwise(club);
    }

    /// <summary>Who had left is found to be somebody who is here; is found to have given a phone before; has no profile yet when another
    /// turns out to be the same.</summary>
    private static async Task ComeBackOtherwise(ClubFixture club)
    {
        for (var i = 10; i < 20; i += 2)
        {
            await Follow(club, $"openid-{i}", $"union-{i}");
            var before = club.Clock.GetUtcNow();
            club.Clock.Advance(TimeSpan.FromHours(1));
            await club.Get<Membership>().LeaveWeChat($"openid-{i}", club.Clock.GetUtcNow(), Cancellation);
            club.Clock.Advance(TimeSpan.FromHours(1));
            if (i == 18)
            {
                await club.Register("13800138005", form => form with { OpenId = $"openid-{i}", ActedAt = before });
                continue;
            }
            await Follow(club, $"openid-{i + 1}");
            await Follow(club, $"openid-{i + 1}", $"union-{i}");
        }
        await Follow(club, "openid-20");
        await club.Send(Events.Bill("B20", member: new { openId = "openid-20" }));
        var fan = (await club.Get<Membership>().Find(PersonIdentity.OpenId("openid-20").Value, Cancellation))!.MemberId;
        await club.Get<Merge>().Handle(fan, Ids.NewMember(), Cancellation);
    }

    private static Task<Registered> Follow(ClubFixture club, string openId, string? unionId = null) =>
        club.Register(with: form => form with { Source = "wechat", Phone = null, OpenId = openId, UnionId = unionId,
            ActedAt = club.Clock.GetUtcNow() });

    private static async Task Happen(ClubFixture club, Random random)
    {
        club.Clock.Advance(TimeSpan.FromHours(random.Next(900)));
        var who = random.Next(5);
        var phone = $"1380013800{who}";
        var openId = $"openid-{who}";
        var bill = $"B{random.Next(40)}";
        var time = club.Clock.GetUtcNow().AddMinutes(-1).ToString("O", CultureInfo.InvariantCulture);
        switch (random.Next(8))
        {
            case 0:
                await club.Register(phone, form => form with { DealerId = Dealer(random), OpenId = random.Next(2) == 0 ? openId : null });
                break;
            case 1:
                await Follow(club, openId);
                break;
            case 2:
                await club.Get<Membership>().LeaveWeChat(openId, club.Clock.GetUtcNow(), Cancellation);
                break;
            case 3:
                await club.Send(Events.Return(bill, $"R-{bill}", time: time));
                break;
            case 4:
                await club.Sweep("points", "tiers", "lapse", "finish");
                break;
            default:
                var line = Events.Line("1", random.Next(3) == 0 ? "vehicle" : "parts", random.Next(1, 60_000), "auman");
                await club.Send(Events.Bill(bill, time: time, member: random.Next(2) == 0 ? new { openId } : new { phone }, lines: [line],
                    dealerId: Dealer(random)));
                break;
        }
    }

    private static DealerId? Dealer(Random random) => random.Next(3) switch { 0 => null, var number => new DealerId($"D02{number}") };

    private async Task AssertEqual(ClubFixture club, IProjection projection)
    {
        var rows = await Rows(club.Store, projection);
        var documents = await club.Changes();
        Entry[] entries = [.. documents.Where(document => document.Type == "entry").Select(document => document.As<Entry>())];
        MemberEvent[] events = [.. documents.Where(document => document.Type == "event").Select(document => document.As<MemberEvent>())];
        string Month(DateTimeOffset at) => club.Get<ClubCalendar>().DateOf(at).ToString("yyyy-MM", CultureInfo.InvariantCulture);

        string? TierAt(Entry entry) =>
            events.Where(one => one.Kind == MemberEventKind.TierChanged && one.MemberId == entry.MemberId && one.Sequence < entry.Sequence)
            .MaxBy(one => one.Number)?.To;
        Points Sum(IEnumerable<Entry> some, EntryKind kind) => some.Where(entry => entry.Kind == kind).Sum(entry => entry.Points);
        var points = entries.Where(entry => entry.MergedFrom is null && entry.Kind != EntryKind.Release)
            .GroupBy(entry => (Month: Month(entry.RecordedAt), entry.DealerId, Tier: TierAt(entry), entry.Wallet))
            .Select(some => (some.Key, Sum(some, EntryKind.Accrual), Sum(some, EntryKind.Reversal), Sum(some, EntryKind.Expiry)));
        Assert.Equal(
            points.Select(one => one.ToString()).Order(),
            rows.SelectMany(row => row.Points.Select(one =>
            ((row.Month, row.DealerId, row.Tier, one.Wallet), one.Earned, one.Reversed, one.Expired).ToString())).Order());

        var dealers = events.Where(one => one.Kind == MemberEventKind.Joined).ToDictionary(one => one.MemberId, one => one.DealerId);
        string Counted(MemberEventKind kind) => string.Join(' ', events.Where(one => one.Kind == kind)
            .GroupBy(one => $"{Month(one.At)}/{dealers[new MemberId(kind == MemberEventKind.Merged ? one.From! : one.MemberId)]}")
                .Select(some => $"{some.Key}={some.Count()}").Order());
        string Told(Func<MonthRow, int> count) =>
            string.Join(' ', rows.GroupBy(row => $"{row.Month}/{row.DealerId}").Where(some => some.Sum(count) != 0).Select(some =>
            $"{some.Key}={some.Sum(count)}").Order());
        Assert.Equal(Counted(MemberEventKind.Joined), Told(row => row.Joined));
        Assert.Equal(Counted(MemberEventKind.Left), Told(row => row.Left));
        Assert.Equal(Counted(MemberEventKind.Lapsed), Told(row => row.Lapsed));
        Assert.Equal(Counted(MemberEventKind.Returned), Told(row => row.Returned));
        Assert.Equal(Counted(MemberEventKind.Merged), Told(row => row.Merged));
        foreach (var kind in events.Select(one => one.Kind)) _met.Add($"{kind}");
        foreach (var entry in entries) _met.Add(entry.MergedFrom is null ? $"{entry.Kind}" : "Copied");

        // Summed over all months, the members are those of whom profile and account say so today.
        var today = new List<string>();
        foreach (var profile in documents.Where(document => document.Type == "profile").Select(document => document.As<Profile>())
            .Where(profile => profile.Status == MemberStatus.Member))
        {
            var changed = (await club.Store.Read<Account>(profile.MemberId, Account.Id, Cancellation))?.Value
                is { TierChanges: > 0 } account ? account.Tier.Code : (TierCode?)null;
            today.Add($"{dealers[profile.MemberId]}/{changed}");
        }
        Assert.Equal(
            today.CountBy(one => one).Select(one => $"{one.Key}={one.Value}").Order(),
            rows.GroupBy(row => $"{row.DealerId}/{row.Tier}").Where(some => some.Sum(row => row.Members) != 0)
            .Select(some => $"{some.Key}={some.Sum(row => row.Members)}").Order());
    }

    private static async Task<List<MonthRow>> Rows(IClubStore store, IProjection projection)
    {
        var query = new IndexQuery(ProjectionRows.RowIndex, "r", IndexQuery.Last, Partition: Projections.PartitionOf(projection),
            Limit: 1000);
        var rows = new List<MonthRow>();
        await foreach (var document in store.FindAll(query, Cancellation)) rows.Add(document.As<MonthRow>());
        return rows;
    }
}
