using Club.Access;
using Club.Activities;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Store;
using CsCheck;
using Xunit;

namespace Club.Tests.Activities;

/// <summary>What an activity's report counts is what a look at every sign-up would, whatever happened and however often it is told.</summary>
public sealed class ActivityTallyTests(ITestOutputHelper output)
{
    private const int Many = 1500, PageOfFeed = 600;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task The_report_equals_a_look_at_every_sign_up_also_when_built_anew() => Gen.Int.SampleAsync(async seed =>
    {
        var random = new Random(seed);
        var (store, keys) = (new MemoryStore(), new MemoryStore());
        await using var club = new ClubFixture("skoda", store, keys: keys);
        await using var other = new ClubFixture("skoda", store, keys: keys);
        await club.Open();
        var members = new List<MemberId>();
        for (var i = 0; i < 5; i++) members.Add((await club.Register($"1380013800{i}")).MemberId);
        for (var i = 0; i < 3; i++)
            members.Add((await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = $"o-{i}" }, Cancellation)).MemberId);
        for (var step = 0; step < 40; step++)
        {
            if (step == 15) foreach (var one in (ClubFixture[])[club, other]) one.At(2026, 3, 7);
            var who = members[random.Next(members.Count)];
            switch (random.Next(7))
            {
                case 0 or 1: await club.SignUp(who, random.Next(3)); break;
                case 2: await club.Get<SignUps>().Cancel(who, ActivityClub.Drive, Caller.Operator, Cancellation); break;
                case 3: await club.CheckIn(who, random.Next(3)); break;
                case 4:
                    await club.Get<SignUps>().Tell(who, ActivityClub.Drive, new FeedbackRequest(random.Next(1, 6), "好"), Caller.Operator, Cancellation);
                    break;
                case 5 when step % 5 == 0: await club.Get<Merge>().Handle(members[random.Next(5, 8)], members[random.Next(5)], Cancellation); break;
                case 6 when step % 9 == 0: await club.Get<EraseMember>().Handle(who, "本人申请", Caller.OperatorAs("A017"), Cancellation); break;
            }
            if (random.Next(3) == 0) await Task.WhenAll(club.Report(), other.Report());
        }
        var expected = await Look(club);
        Assert.Equal(expected, Said(await club.Report()));
        await club.Get<Projections>().Rebuild(club.Get<SignUpsByActivity>(), Cancellation);
        Assert.Equal(expected, Said(await other.Report()));
        Assert.Empty(await club.Verify());
    }, iter: 20, threads: 1);

    [Fact]
    public async Task A_hundred_times_as_many_sign_ups_are_no_more_to_read()
    {
        var (store, keys) = (new CountingStore(new MemoryStore()), new MemoryStore());
        await using var club = new ClubFixture("skoda", store, keys: keys);
        await club.Open();
        for (var i = 0; i < 10; i++) await club.SignUp((await club.Register($"138001380{i:00}")).MemberId);
        Assert.Equal(10, (await club.Report()).SignedUp);
        var few = await Read(club, store);
        for (var i = 0; i < Many; i++) await club.SignUp((await club.Register($"1390013{i:0000}")).MemberId);
        Assert.Equal(Many + 10, (await club.Report()).SignedUp);
        // The newest page of the feed is read again where nothing of it was counted.
        var many = await Read(club, store);
        output.WriteLine($"{few} documents read with 10 sign-ups, {many} with {Many + 10}");
        Assert.True(many <= few + PageOfFeed, $"{many}");
    }

    private static async Task<int> Read(ClubFixture club, CountingStore store)
    {
        store.Documents = 0;
        await club.Report();
        return store.Documents;
    }

    private static async Task<string> Look(ClubFixture club)
    {
        var all = new List<SignUp>();
        await foreach (var document in club.Store.FindAll(IndexQuery.Equal(SignUp.ActivityIndex, ActivityClub.Drive), Cancellation))
            all.Add(document.As<SignUp>());
        var came = all.Where(one => one.State == SignUpState.Attended).ToArray();
        var ratings = came.Select(one => one.Feedback?.Rating).OfType<int>().ToArray();
        return $"{all.Count(one => one.State == SignUpState.SignedUp)} {all.Count(one => one.State == SignUpState.Cancelled)} {came.Length} "
            + $"{came.Sum(one => one.Guests)} {ratings.Length} {ratings.Sum()} {came.SelectMany(one => one.Points).Sum(one => one.Points)}";
    }

    private static string Said(ActivityReport report) =>
        $"{report.SignedUp} {report.Cancelled} {report.Attended} {report.Guests} {report.Ratings} "
            + $"{Math.Round((report.Rating ?? 0) * report.Ratings)} {report.Points.Sum(one => one.Points)}";

    /// <summary>Counts what is read.</summary>
    private sealed class CountingStore(IClubStore store) : IClubStore
    {
        public int Documents { get; set; }

        public async ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default)
        {
            Documents++;
            return await store.Read(partition, id, cancellation);
        }

        public async ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default)
        {
            var page = await store.Find(query, cancellation);
            Documents += page.Documents.Count;
            return page;
        }

        public async ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default)
        {
            var page = await store.Changes(bookmark, limit, cancellation);
            Documents += page.Documents.Count;
            return page;
        }

        public ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default) =>
            store.Commit(partition, writes, cancellation);
    }
}
