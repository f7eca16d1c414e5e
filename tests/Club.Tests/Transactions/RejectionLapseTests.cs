using Club.Running;
using Club.Sqlite;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Transactions;

/// <summary>What refused messages take of the store is bounded: in size where they can never be booked, in time in any case.</summary>
public sealed class RejectionLapseTests : Flow
{
    private static string Long(char filler = 'x') => $$"""{"note":"{{new string(filler, 200_000)}}"}""";

    /// <summary>Refused for something that may change: nobody sends it again.</summary>
    private static string LongBill(string id = "WO-1") =>
        Events.With(Events.Bill(id, member: new { memberId = "MNOBODY" }), "note", new string('x', 200_000));

    [Fact]
    public async Task Of_a_long_message_that_can_never_be_booked_only_the_beginning_is_kept()
    {
        await using var club = await Open();
        await club.Send(Long());
        await club.Send(Long());
        var kept = Assert.Single(await Listed(club));
        Assert.True(kept is { IsCut: true, Raw.Length: > 4_000 and < 5_000 }, $"{kept.Raw!.Length} characters are kept.");
        Assert.StartsWith("""{"note":"xxx""", kept.Raw, StringComparison.Ordinal);

        Assert.Equal("rejection-cut", (await Replay(club, kept.Id)).Problem!.Code);
        Assert.Equal(kept, Assert.Single(await Listed(club)));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Of_two_long_messages_that_begin_alike_each_is_a_rejection_of_its_own()
    {
        await using var club = await Open();
        await club.Send(Long(), Long() + " ");
        Assert.Equal(2, (await Listed(club)).Count);
    }

    [Fact]
    public async Task A_long_message_that_may_be_booked_one_day_is_kept_whole_and_replayed()
    {
        await using var club = await Open();
        await club.Register();
        await club.Send(LongBill());
        var kept = Assert.Single(await Listed(club));
        Assert.Equal(("unknown-member", false, LongBill()), (kept.Code, kept.IsCut, kept.Raw));
        Assert.Equal("unknown-member", (await Replay(club, kept.Id)).Problem!.Code);
    }

    [Fact]
    public async Task After_its_days_the_text_goes_and_the_rejection_stays_listed()
    {
        await using var club = await Open();
        await club.Send(LongBill());
        var kept = Assert.Single(await Listed(club));
        club.Clock.Advance(TimeSpan.FromDays(89));
        Assert.Equal((0, 0), await club.Sweep(ForgetSweep.Word));
        Assert.NotNull(Assert.Single(await Listed(club)).Raw);

        club.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((1, 0), await club.Sweep(ForgetSweep.Word));
        Assert.Equal((0, 0), await club.Sweep(ForgetSweep.Word));

        var lapsed = Assert.Single(await Listed(club));
        Assert.Equal((kept.Id, RejectionState.Lapsed, (string?)null, "unknown-member", kept.SourceId),
            (lapsed.Id, lapsed.State, lapsed.Raw, lapsed.Code, lapsed.SourceId));
        Assert.Equal("rejection-lapsed", (await Replay(club, kept.Id)).Problem!.Code);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_message_that_is_refused_again_after_its_text_has_lapsed_can_be_replayed_again()
    {
        await using var club = await Open();
        await club.Send(LongBill());
        club.Clock.Advance(TimeSpan.FromDays(90));
        await club.Sweep(ForgetSweep.Word);

        await club.Send(LongBill());

        var again = Assert.Single(await Listed(club));
        Assert.Equal((RejectionState.Open, LongBill()), (again.State, again.Raw));
        Assert.Equal("unknown-member", (await Replay(club, again.Id)).Problem!.Code);
    }

    [Fact]
    public async Task One_that_was_replayed_goes_whole()
    {
        await using var club = await Open();
        await club.Send(Events.Return());
        var kept = Assert.Single(await Listed(club));
        await club.Register();
        await club.Send(Events.Bill());
        Assert.Equal(Fate.Booked, (await Replay(club, kept.Id)).Fate);
        club.Clock.Advance(TimeSpan.FromDays(90));

        await club.Sweep(ForgetSweep.Word);

        Assert.Null(await club.Get<Rejections>().Find(kept.Id, default));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task The_room_of_lapsed_texts_is_used_again()
    {
        var directory = Directory.CreateTempSubdirectory("club-lapse-");
        try
        {
            var file = Path.Combine(directory.FullName, "club.db");
            var (first, second) = (0L, 0L);
            for (var round = 0; round < 2; round++)
            {
                var store = SqliteClubStore.Open(file);
                await using (var club = new ClubFixture(store: store))
                {
                    await club.Send([.. Enumerable.Range(0, 40).Select(i => LongBill($"WO-{round}-{i}"))]);
                    club.Clock.Advance(TimeSpan.FromDays(90));
                    Assert.Equal((40, 0), await club.Sweep(ForgetSweep.Word));
                }
                await store.DisposeAsync();
                (first, second) = (second, new FileInfo(file).Length);
            }
            Assert.True(first > 8_000_000, $"{first}");
            Assert.True(second < first * 1.05, $"{first} bytes after the first round, {second} after the second.");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Over_http_a_replay_of_what_is_not_kept_is_a_conflict_with_its_code()
    {
        await using var host = await ClubHost.Start();
        await host.Get<Accrue>().Handle([Long()], TestContext.Current.CancellationToken);
        var listed = Assert.Single((await host.Staff.Get("/api/rejections"))["items"]!.AsArray())!;
        Assert.NotNull((string?)listed["lapsesOn"]);

        var answer = await host.Staff.Post($"/api/rejections/{listed["id"]}/replay", System.Net.HttpStatusCode.Conflict);

        Assert.Equal("rejection-cut", (string?)answer["code"]);
    }

    private static async Task<IReadOnlyList<Rejection>> Listed(ClubFixture club) =>
        [.. (await club.Store.Find(new IndexQuery(Rejection.RejectedIndex, "", IndexQuery.Last, Limit: 100))).Documents.Select(document =>
            document.As<Rejection>())];

    private static async Task<Receipt> Replay(ClubFixture club, string id) =>
        await club.Get<Accrue>().Replay((await club.Get<Rejections>().Find(id, default))!);
}
