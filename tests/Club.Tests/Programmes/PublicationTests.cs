using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Kernel;
using Club.Programmes;
using Club.Store;
using Xunit;

namespace Club.Tests.Programmes;

public sealed class PublicationTests
{
    [Fact]
    public async Task The_first_version_may_begin_in_the_past()
    {
        await using var club = Club();
        var record = Accepted(await club.Publish(Book.File()));

        Assert.Equal((1, "1", new DateOnly(2026, 1, 1), "王编辑", null),
            (record.Number, record.Version, record.EffectiveFrom, record.Author, record.Against));
        Assert.Empty(record.Changes);
    }

    [Theory]
    [InlineData("effectiveFrom", "\"2026-03-02\"", "past-effective-date", "$.effectiveFrom")]
    [InlineData("version", "\"1\"", "version-taken", "$.version")]
    [InlineData("version", "\"2/1\"", "invalid-version", "$.version")]
    [InlineData("version", "\" 2\"", "invalid-version", "$.version")]
    [InlineData("id", "\"other\"", "other-programme", "$.id")]
    [InlineData("wallets", """[{"code":"club","name":"积分","scope":"club","unit":"积分","expiry":{"kind":"never"},"unitCost":1}]""",
        "wallet-missing", "$.wallets")]
    [InlineData("wallets[1].unit", "\"分\"", "wallet-unit-changed", "$.wallets[1].unit")]
    public async Task What_would_change_the_past_or_members_points_is_refused_with_its_place(string path, string json, string code,
        string place)
    {
        await using var club = Club();
        await club.Publish(Book.File());

        var problem = Assert.Single(Refused(await club.Publish(Book.Version("2", "2026-04-01", (path, json)))));

        Assert.Equal((code, place), (problem.Code, problem.Path));
        Assert.Single(await club.Get<ProgrammeLibrary>().Versions());
    }

    [Fact]
    public async Task The_default_wallet_stays_the_first()
    {
        await using var club = Club();
        await club.Publish(Book.File());
        var swapped = Book.Version("2", "2026-04-01");
        swapped["wallets"] = new JsonArray([.. swapped["wallets"]!.AsArray().Reverse().Select(wallet => wallet!.DeepClone())]);

        var problem = Assert.Single(Refused(await club.Publish(swapped)));

        Assert.Equal(("default-wallet-changed", "$.wallets[0].code"), (problem.Code, problem.Path));
    }

    [Fact]
    public async Task Everything_that_stands_in_the_way_is_told_at_once()
    {
        await using var club = Club();
        await club.Publish(Book.File());

        var problems = Refused(await club.Publish(Book.Version("1", "2026-01-01", ("id", "\"other\""), ("wallets[0].unit", "\"分\""))));

        Assert.Equal(["other-programme", "version-taken", "past-effective-date", "wallet-unit-changed"],
            problems.Select(problem => problem.Code));
    }

    [Theory]
    [InlineData(23, 44, true)]
    [InlineData(23, 46, false)]
    [InlineData(23, 59, false)]
    public async Task A_version_for_tomorrow_is_published_while_every_instance_can_still_learn_of_it(int hour, int minute, bool accepted)
    {
        await using var club = Club();
        await club.Publish(Book.File());
        club.At(2026, 3, 2, hour, minute);

        var result = await club.Publish(Book.Version("2", "2026-03-03"));

        if (accepted) Accepted(result);
        else Assert.Equal(("too-late-today", "$.effectiveFrom"), (Assert.Single(Refused(result)).Code, Refused(result)[0].Path));
        Accepted(await club.Publish(Book.Version("3", "2026-03-04")));
    }

    [Fact]
    public async Task The_same_again_is_nothing_and_answers_the_same()
    {
        await using var club = Club();
        await club.Publish(Book.File());
        var first = Accepted(await club.Publish(Book.Version("2", "2026-04-01", ("earning[0].award.rate", "0.02"))));
        var again = Book.Version("2", "2026-04-01", ("earning[0].award.rate", "0.020"));
        again = new JsonObject(again.Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        club.At(2026, 5, 1);

        var second = Assert.IsType<PublicationResult.Published>(await club.Publish(again, "somebody else"));

        Assert.False(second.IsNew);
        Assert.Equal(JsonSerializer.Serialize(first), JsonSerializer.Serialize(second.Record));
        Assert.Equal(2, (await club.Get<ProgrammeLibrary>().Versions()).Count);
    }

    [Fact]
    public async Task A_version_is_compared_with_the_one_that_it_takes_the_days_from()
    {
        await using var club = Club();
        await club.Publish(Book.File());
        await club.Publish(Book.Version("summer", "2026-06-01", ("earning[0].award.rate", "0.03")));

        var spring = Accepted(await club.Publish(Book.Version("spring", "2026-04-01", ("earning[0].award.rate", "0.02"))));
        var autumn = Accepted(await club.Publish(Book.Version("autumn", "2026-09-01", ("earning[0].award.rate", "0.02"))));

        Assert.Contains("Rule parts: rate 1 % → 2 %", spring.Changes.Select(change => change.En));
        Assert.Contains("Rule parts: rate 3 % → 2 %", autumn.Changes.Select(change => change.En));
        Assert.Equal(("1", "summer"), (spring.Against, autumn.Against));
    }

    [Fact]
    public async Task A_version_is_shown_as_it_was_published()
    {
        await using var club = Club();
        var file = Book.Version("1", "2026-01-01", ("$schema", "\"programme.schema.json\""), ("earning[0].award.rate", "0.010"));
        await club.Publish(file);

        var shown = await club.Get<ProgrammeLibrary>().Version("1");

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(file.ToJsonString()), shown!.Value));
        Assert.Null(await club.Get<ProgrammeLibrary>().Version("2"));
    }

    [Fact]
    public async Task Of_two_publishers_at_once_the_second_decides_again_on_top_of_the_first()
    {
        await using var other = Club();
        await other.Publish(Book.File());
        await using var club = new ClubFixture(store: new RacingStore(other.Raw, () => other.Publish(Book.Version("2", "2026-04-01"))),
            rules: Book.Read(Book.File()));

        var third = Accepted(await club.Publish(Book.Version("3", "2026-04-01", ("earning[0].award.rate", "0.02"))));

        Assert.Equal((3, "2"), (third.Number, third.Against));
        var versions = await other.Get<ProgrammeLibrary>().Versions();
        Assert.Equal(["3", "2", "1"], versions.Select(line => line.Version));
        Assert.True(versions[0].RecordedAt > versions[1].RecordedAt, "Published in the same moment, and yet one after the other.");
    }

    [Fact]
    public async Task Of_two_publishers_of_one_name_one_is_refused()
    {
        await using var other = Club();
        await other.Publish(Book.File());
        await using var club = new ClubFixture(store: new RacingStore(other.Raw, () => other.Publish(Book.Version("2", "2026-04-01"))),
            rules: Book.Read(Book.File()));

        var problem = Assert.Single(Refused(await club.Publish(Book.Version("2", "2026-05-01"))));

        Assert.Equal("version-taken", problem.Code);
    }

    [Fact]
    public async Task Of_two_hosts_that_start_at_once_one_publishes_the_file_and_the_other_sees_it()
    {
        var file = ProgrammeText.Read(Encoding.UTF8.GetBytes(Book.File().ToJsonString()));
        await using var other = Club();
        await using var club = new ClubFixture(store: new RacingStore(other.Raw, () => other.Get<Publication>().PublishFile(file)),
            rules: file.Programme);

        await club.Get<Publication>().PublishFile(file);

        Assert.Equal("file", Assert.Single(await club.Get<ProgrammeLibrary>().Versions()).Author);
    }

    [Fact]
    public async Task A_crash_leaves_a_publication_whole_or_not_at_all()
    {
        var store = new CrashingStore(new MemoryStore());
        await using var club = new ClubFixture(store: store, rules: Book.Read(Book.File()));
        await club.Publish(Book.File());
        store.CrashAfter(0);
        store.Unanswered = true;
        await Assert.ThrowsAsync<StoreException>(() => club.Publish(Book.Version("2", "2026-04-01")));
        store.Recover();

        Assert.False(Assert.IsType<PublicationResult.Published>(await club.Publish(Book.Version("2", "2026-04-01"))).IsNew);
        Assert.Equal(2, (await club.Get<ProgrammeLibrary>().Audit(50, null)).Items.Count);
    }

    [Fact]
    public async Task The_audit_tells_who_published_what_newest_first_page_by_page()
    {
        await using var club = Club();
        await club.Publish(Book.File(), "first");
        for (var i = 2; i <= 5; i++) await club.Publish(Book.Version($"{i}", $"2026-04-0{i}"), $"editor {i}");
        var library = club.Get<ProgrammeLibrary>();

        var (items, before) = await library.Audit(3, null);
        var (rest, end) = await library.Audit(3, before);

        Assert.Equal(["editor 5", "editor 4", "editor 3"], items.Select(record => record.Author));
        Assert.Equal(["editor 2", "first"], rest.Select(record => record.Author));
        Assert.Null(end);
    }

    [Fact]
    public async Task A_draft_may_have_errors_and_cannot_be_published_with_them()
    {
        await using var club = Club();
        await club.Publish(Book.File());
        var file = Book.Version("2", "2026-04-01", ("earning[0].award.rate", "0.02"), ("earning[0].award.per", "\"day\""), ("tiers", "[]"));
        var draft = new ProgrammeDraft { Author = "李编辑", SavedAt = club.Clock.GetUtcNow(),
            Programme = JsonElement.Parse(file.ToJsonString()) };
        Assert.True((await club.Get<ProgrammeDrafts>().Save(draft, null)).Succeeded);

        var review = await club.Get<Publication>().Review(draft.Programme);
        var problems = Refused(await club.Get<Publication>().PublishDraft(draft, Caller.OperatorAs("王编辑"), null));

        Assert.Contains(review.Problems, problem => problem is { Code: "programme-invalid", Path: "$.tiers" });
        Assert.Equal(review.Problems, problems);
        Assert.Contains("Rule parts: rate 1 % → 2 %", review.Changes.Select(change => change.En));
    }

    [Fact]
    public async Task A_draft_that_somebody_saved_meanwhile_is_not_overwritten()
    {
        await using var club = Club();
        var drafts = club.Get<ProgrammeDrafts>();
        ProgrammeDraft By(string author) =>
            new() { Author = author, SavedAt = club.Clock.GetUtcNow(), Programme = JsonElement.Parse("{}") };
        var seen = ProgrammeDrafts.TagOf((await drafts.Save(By("first"), null)).Value);
        await drafts.Save(By("second"), seen);

        var problem = (await drafts.Save(By("third"), seen)).Problem;

        Assert.Equal("draft-changed", problem?.Code);
        Assert.StartsWith("second has saved another draft since", problem!.Message, StringComparison.Ordinal);
        Assert.Equal("second", (await drafts.Find())!.Value.Author);
    }

    private static ClubFixture Club() => new(rules: Book.Read(Book.File()));

    private static PublicationRecord Accepted(PublicationResult result) => Assert.IsType<PublicationResult.Published>(result).Record;

    private static IReadOnlyList<Problem> Refused(PublicationResult result) =>
        Assert.IsType<PublicationResult.Refused>(result).Problems;

    /// <summary>Lets somebody else act right before the first commit.</summary>
    private sealed class RacingStore(IClubStore store, Func<Task> first) : IClubStore
    {
        private bool _raced;

        public ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default) =>
            store.Read(partition, id, cancellation);
        public ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default) => store.Find(query, cancellation);
        public ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default) =>
            store.Changes(bookmark, limit, cancellation);

        public async ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default)
        {
            if (!_raced)
            {
                _raced = true;
                await first();
            }
            return await store.Commit(partition, writes, cancellation);
        }
    }
}
