using Club.Access;
using Club.Activities;
using Club.Care;
using Club.Kernel;
using Club.Messaging;
using Club.Running;
using Club.Store;
using Xunit;

namespace Club.Tests.Activities;

/// <summary>Who is invited to an activity: counted before, written to once.</summary>
public sealed class InvitationTests : IAsyncDisposable
{
    private const string Text = "{{ name | default: '车主' }}您好，{{ startsOn }}{{ activity }}，{{ signUpUntil }}前报名。";
    private static readonly DealerId Mine = new("D021"), Theirs = new("D022");
    private readonly ClubFixture _club = new("skoda");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task Those_whom_the_filter_means_are_counted_and_then_written_to_once()
    {
        await _club.Open();
        var golfer = await Join(1, "高尔夫", Mine);
        await Join(2, "高尔夫", Theirs);
        await Join(3, "钓鱼", Mine);
        await Join(4, "高尔夫", Mine, consent: false);
        var filter = new InviteeFilter(Mine, Hobby: "高尔夫");
        Assert.Equal(new InviteeCount(2, 1, IsComplete: true), (await Count(filter)).Value);
        Assert.Equal(3, (await Count(new InviteeFilter(Hobby: "高尔夫"))).Value.Count);
        Assert.Equal(0, (await Count(new InviteeFilter(Tier: new TierCode("gold")))).Value.Count);
        Assert.Equal(4, (await Count(new InviteeFilter(Tier: _club.Programme.Tiers[0].Code))).Value.Count);
        Assert.Equal("unknown-tier", (await Count(new InviteeFilter(Tier: new TierCode("golden")))).Problem!.Code);

        Assert.False((await Send(filter)).Value.IsRepeat);
        Assert.True((await Send(filter)).Value.IsRepeat);
        Assert.Equal("different-content", (await Send(new InviteeFilter(), content: "b")).Problem!.Code);
        Assert.Equal("still-inviting", (await Send(filter, "second")).Problem!.Code);
        await Work(_club);
        await _club.Sweep(SmsSweep.Word);
        Assert.Contains("2026年3月7日春季自驾游", Assert.Single(Invited(_club)), StringComparison.Ordinal);
        Assert.Equal((1, 1), (await _club.Report()) is var report ? (report.Invited, report.NotInvited) : default);

        _club.Clock.Advance(TimeSpan.FromMinutes(1));
        await Send(new InviteeFilter(), "second");
        await Work(_club);
        var again = await _club.Get<Invitations>().Find(ActivityClub.Drive, Caller.Operator, Cancellation);
        Assert.Equal((true, 2, 0, 2), (again!.IsDone, again.Invited, again.NotInvited, again.Before));
        Assert.Equal(SmsState.Sent, (await _club.Store.Read<SmsRecord>(golfer, SmsRecord.IdOf("activity:spring-drive")))!.Value.State);
        Assert.Equal([], await _club.Verify());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_leaves_nobody_out_and_writes_to_nobody_twice(bool unanswered)
    {
        var crashes = 0;
        for (var writes = 0; writes < 14; writes++)
        {
            var store = new MemoryStore();
            await using (var club = new ClubFixture("skoda", store))
            {
                await club.Open();
                for (var i = 0; i < 8; i++) await Join(i, "高尔夫", Mine, club: club);
            }
            var dying = new CrashingStore(store) { Unanswered = unanswered };
            dying.CrashAfter(writes);
            await using (var club = new ClubFixture("skoda", dying))
                if (await Record.ExceptionAsync(async () =>
                    {
                        await Send(new InviteeFilter(), club: club);
                        await Work(club);
                    }) is not null)
                    crashes++;
            await using var next = new ClubFixture("skoda", store);
            await Send(new InviteeFilter(), club: next);
            await next.Sweep(FinishSweep.Word);
            await next.Sweep(SmsSweep.Word);
            Assert.Equal(8, Invited(next).Count);
            Assert.Equal(8, (await next.Report()).Invited);
        }
        Assert.True(crashes > 8, $"{crashes}");
    }

    [Fact]
    public async Task Many_are_worked_off_message_by_message_and_by_several_hosts_at_once()
    {
        await _club.Open();
        const int members = 2_350;
        foreach (var some in Enumerable.Range(0, members).Chunk(50)) await Task.WhenAll(some.Select(i => Join(i, "钓鱼", Theirs)));
        Assert.Equal(members, (await Count(new InviteeFilter(Hobby: "钓鱼"))).Value.Count);
        await Send(new InviteeFilter(Hobby: "钓鱼"));
        await using var other = new ClubFixture("skoda", _club.Raw);
        var partition = ClubActivity.PartitionOf(ActivityClub.Drive);
        await Task.WhenAll(Work(_club), Task.Run(() => other.Get<FinishSweep>().Handle(partition, Cancellation)));
        await Work(other);
        Assert.Equal((members, 0), (await _club.Report()) is var report ? (report.Invited, report.NotInvited) : default);
    }

    [Fact]
    public async Task A_director_invites_her_own_members_to_her_own_activity()
    {
        await _club.Open(dealer: Mine);
        await Join(1, "高尔夫", Mine);
        await Join(2, "高尔夫", Theirs);
        var director = new Caller([Role.Director], "李主任") { Dealer = Mine };
        Assert.Equal(1, (await Count(new InviteeFilter(), director)).Value.Count);
        Assert.Equal("denied", (await Count(new InviteeFilter(Theirs), director)).Problem!.Code);
        Assert.Equal("not-found", (await Count(new InviteeFilter(), director with { Dealer = Theirs })).Problem!.Code);
    }

    [Fact]
    public async Task Nobody_is_invited_to_what_is_not_open_nor_without_a_word()
    {
        await _club.Get<ActivityPlans>().Put(ActivityClub.Drive, ActivityClub.Wanted(), null, ActivityClub.Marketing, Cancellation);
        Assert.Equal("wrong-state", (await Send(new InviteeFilter())).Problem!.Code);
        await using var wordless = new ClubFixture("byd");
        await wordless.Open();
        Assert.Equal("not-offered", (await wordless.Get<Invitations>().Send(ActivityClub.Drive, new InvitationRequest(new InviteeFilter(), null),
            new Command("k", "a"), ActivityClub.Marketing, Cancellation)).Problem!.Code);
        foreach (var text in (string[])["{{ nothing }}", "【假】"])
            Assert.Equal("invalid-data", JsonFields.Parse(System.Text.Encoding.UTF8.GetBytes($$"""{"text":"{{text}}"}"""), InvitationRequest.Read).Problem!.Code);
    }

    /// <summary>Besides what welcomes them.</summary>
    private static IReadOnlyList<string> Invited(ClubFixture club) =>
        [.. club.Sms.Sent.Select(message => message.Text).Where(text => text.Contains("春季自驾游", StringComparison.Ordinal))];

    private async Task<MemberId> Join(int number, string hobby, DealerId dealer, bool consent = true, ClubFixture? club = null) =>
        (await (club ?? _club).Register($"139{number:D8}", form => form with { DealerId = dealer, Hobbies = [hobby], SmsConsent = consent })).MemberId;

    private Task<Outcome<InviteeCount>> Count(InviteeFilter filter, Caller? caller = null) =>
        _club.Get<Invitees>().Count(ActivityClub.Drive, filter, caller ?? ActivityClub.Marketing, Cancellation);

    private Task<Outcome<Answered<InvitationView>>> Send(InviteeFilter filter, string key = "first", string content = "a", ClubFixture? club = null) =>
        (club ?? _club).Get<Invitations>().Send(ActivityClub.Drive, new InvitationRequest(filter, Text), new Command(key, content),
            ActivityClub.Marketing, Cancellation);

    /// <summary>Message by message, until the queue is empty.</summary>
    private static async Task Work(ClubFixture club)
    {
        while (club.Queue.Take() is { Count: > 0 } messages)
            foreach (var message in messages) await club.Get<Work>().Handle(message, Cancellation);
    }
}
