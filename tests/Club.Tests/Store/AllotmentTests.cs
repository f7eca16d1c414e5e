using Club.Store;
using CsCheck;
using Microsoft.Extensions.Options;
using Xunit;

namespace Club.Tests.Store;

/// <summary>What many share is never promised twice, however many ask at once, crash and ask again.</summary>
public sealed class AllotmentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task All_of_it_is_promised_and_no_more(int shards)
    {
        var allotments = On(new MemoryStore(), shards);
        var granted = new Dictionary<string, long>();
        for (var i = 0; i < 40; i++) granted[$"c{i}"] = (await allotments.Promise("mugs", $"c{i}", 30, 1000, Cancellation)).Granted;
        Assert.Equal(1000, granted.Values.Sum());
        Assert.Equal(1000, await allotments.Used("mugs", Cancellation));
        var late = await allotments.Promise("mugs", "late", 5, 1000, Cancellation);
        Assert.Equal(new Allotment(0, 1000), late);
        foreach (var (cause, before) in granted)
            Assert.Equal(before, (await allotments.Promise("mugs", cause, before, 1000, Cancellation)).Granted);
        Assert.Equal(0, await allotments.Used("cups", Cancellation));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("3")]
    public async Task Verification_adds_up_what_is_promised(string shards)
    {
        await using var club = new ClubFixture(more: new Dictionary<string, string?> { ["Allotments:Shards"] = shards });
        var allotments = club.Get<Allotments>();
        for (var i = 0; i < 10; i++) await allotments.Promise("mugs", $"c{i}", 30, 200, Cancellation);
        await allotments.GiveBack("mugs", "c1", Cancellation);
        Assert.Equal([], await club.Verify());
        var place = (await club.Store.Changes(null, 1000, Cancellation)).Documents.First(document => document.Type == "promise");
        await club.Store.Commit(place.Partition, [(place.As<Promise>() with { Amount = 29 }).ToReplace(place.ETag)], Cancellation);
        Assert.Contains("its promises add up to", Assert.Single(await club.Verify()), StringComparison.Ordinal);
        await club.Store.Commit(place.Partition, [new Write.Delete(place.Id,
            (await club.Store.Read(place.Partition, place.Id, Cancellation))!.ETag)], Cancellation);
        Assert.Single(await club.Verify());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_is_given_back_is_there_for_others(int shards)
    {
        var allotments = On(new MemoryStore(), shards);
        for (var i = 0; i < 10; i++) await allotments.Promise("mugs", $"c{i}", 10, 100, Cancellation);
        for (var i = 0; i < 10; i += 2) await allotments.GiveBack("mugs", $"c{i}", Cancellation);
        await allotments.GiveBack("mugs", "nobody", Cancellation);
        Assert.Equal(50, await allotments.Used("mugs", Cancellation));
        Assert.Equal(50, (await allotments.Promise("mugs", "next", 80, 100, Cancellation)).Granted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Who_wants_all_or_nothing_and_cannot_have_it_keeps_nothing_from_others(int shards)
    {
        var allotments = On(new MemoryStore(), shards);
        Assert.Null(await allotments.PromiseAll("mugs", "one", 70, 100, Cancellation));
        Assert.Equal(30, await allotments.PromiseAll("mugs", "two", 31, 100, Cancellation));
        Assert.Equal((70, 0), (await allotments.Used("mugs", Cancellation), await allotments.Promised("mugs", "two", Cancellation)));
        Assert.Null(await allotments.PromiseAll("mugs", "three", 30, 100, Cancellation));
        // What it has it keeps, and it may want less.
        Assert.Equal(0, await allotments.PromiseAll("mugs", "one", 71, 100, Cancellation));
        Assert.Equal(70, await allotments.Promised("mugs", "one", Cancellation));
        Assert.Null(await allotments.PromiseAll("mugs", "one", 10, 100, Cancellation));
        Assert.Equal(40, await allotments.Used("mugs", Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Of_all_or_nothing_as_much_is_promised_as_there_is_however_many_ask_at_once(int shards)
    {
        var allotments = On(new MemoryStore(), shards);
        var left = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(async () =>
            (Wanted: i % 3 + 1, Left: await allotments.PromiseAll("mugs", $"c{i}", i % 3 + 1, 20, Cancellation)))));
        var granted = left.Where(one => one.Left is null).Sum(one => one.Wanted);
        Assert.Equal(granted, await allotments.Used("mugs", Cancellation));
        Assert.InRange(granted, shards == 1 ? 18 : 1, 20);
    }

    /// <summary>Of what is not divided the total may fall below what is promised.</summary>
    [Fact]
    public async Task What_is_promised_stays_when_there_is_less()
    {
        var allotments = On(new MemoryStore(), 4);
        Assert.Null(await allotments.PromiseUndivided("seats", "one", 4, long.MaxValue, Cancellation));
        Assert.Equal(0, await allotments.PromiseUndivided("seats", "one", 5, 2, Cancellation));
        Assert.Equal(0, await allotments.PromiseUndivided("seats", "two", 1, 2, Cancellation));
        Assert.Null(await allotments.PromiseUndivided("seats", "one", 3, 2, Cancellation));
        Assert.Equal(3, await allotments.Used("seats", Cancellation));
        await allotments.GiveBack("seats", "one", Cancellation);
        Assert.Null(await allotments.PromiseUndivided("seats", "two", 2, 2, Cancellation));
    }

    /// <summary>Of one shard, whose leases several use up at once: nobody gets less while the whole has more.</summary>
    [Fact]
    public async Task Nobody_is_cut_while_there_is_enough()
    {
        var store = new MemoryStore();
        var granted = await Task.WhenAll(
            Enumerable.Range(0, 60).Select(i => Task.Run(async () =>
            (await On(store, 4).Promise("mugs", $"c{i}", 30, 2000, Cancellation)).Granted)));
        Assert.All(granted, one => Assert.Equal(30, one));
        Assert.Equal(1800, await On(store, 4).Used("mugs", Cancellation));
    }

    /// <summary>What it was promised in several shards follows what it asks for.</summary>
    [Fact]
    public async Task A_cause_that_wants_less_has_less_in_every_shard()
    {
        var (store, allotments) = (new MemoryStore(), default(Allotments)!);
        allotments = On(store, 4);
        for (var i = 0; i < 12; i++) await allotments.Promise("mugs", $"c{i}", 8, 100, Cancellation);
        Assert.Equal(4, (await allotments.Promise("mugs", "late", 8, 100, Cancellation)).Granted);
        Assert.Equal(100, await allotments.Used("mugs", Cancellation));
        Assert.Equal(1, (await allotments.Promise("mugs", "late", 1, 100, Cancellation)).Granted);
        Assert.Equal(97, await allotments.Used("mugs", Cancellation));
        Assert.Equal(0, (await allotments.Promise("mugs", "late", 0, 100, Cancellation)).Granted);
        Assert.Equal(96, await allotments.Used("mugs", Cancellation));
    }

    /// <summary>Hosts that crash at any write, several at once, each cause until it is answered; then the shards are set anew.</summary>
    [Fact]
    public Task Never_more_than_there_is_whoever_crashes() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 400], Gen.Int[1, 40], Gen.Int[0, 1_000_000]).SampleAsync(async (shards, total, causes, seed) =>
    {
        var store = new MemoryStore();
        var random = new Random(seed);
        var wanted = Enumerable.Range(0, causes).ToDictionary(i => $"c{i}", _ => (long)random.Next(0, 40));
        var seeds = wanted.ToDictionary(one => one.Key, _ => random.Next());
        var granted = new System.Collections.Concurrent.ConcurrentDictionary<string, long>();
        await Task.WhenAll(wanted.Select(one => Task.Run(async () =>
        {
            var luck = new Random(seeds[one.Key]);
            while (true)
            {
                var crashing = new CrashingStore(store) { Unanswered = luck.Next(2) == 0 };
                if (luck.Next(2) == 0) crashing.CrashAfter(luck.Next(4));
                try
                {
                    granted[one.Key] = (await On(crashing, shards).Promise("mugs", one.Key, one.Value, total, Cancellation)).Granted;
                    return;
                }
                catch (StoreException)
                {
                    // The host ended there; the cause is asked for again.
                }
            }
        })));
        Assert.All(granted, one => Assert.InRange(one.Value, 0, wanted[one.Key]));
        // Who crashed had what it was not told; once all have asked again, nothing is left that somebody wants.
        foreach (var one in wanted)
            granted[one.Key] = (await On(store, shards).Promise("mugs", one.Key, one.Value, total, Cancellation)).Granted;
        Assert.Equal(Math.Min(total, wanted.Values.Sum()), granted.Values.Sum());
        Assert.InRange(granted.Values.Sum(), 0, total);
        Assert.InRange(await On(store, shards).Used("mugs", Cancellation), granted.Values.Sum(), total);
        // With other shards than before, still no more than there is.
        var later = await On(store, shards % 5 + 1).Promise("mugs", "later", 1000, total, Cancellation);
        Assert.InRange(granted.Values.Sum() + later.Granted, 0, total);
    }, iter: 150, threads: 1);

    private static Allotments On(IClubStore store, int shards) => new(store, Options.Create(new AllotmentOptions { Shards = shards }));
}
