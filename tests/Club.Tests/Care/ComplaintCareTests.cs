using Club.Access;
using Club.Care;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Store;
using Xunit;

namespace Club.Tests.Care;

/// <summary>Some days after a complaint was closed she is asked once whether all is well.</summary>
public sealed class ComplaintCareTests : Flow
{
    private static readonly Caller Staff = Caller.OperatorAs("A017");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Programme Rules(string channels = """["sms"]""") => Book.With($$$"""
        {"careLimit":{"most":1,"days":30},
         "care":[{"occasion":"welcome","template":"welcome"},
          {"occasion":"complaintFollowUp","daysAfter":3,"channels":{{{channels}}},"template":"well since {{ closedOn | date: 'M月d日' }}?"}]}
        """);

    private static async Task<(MemberId Member, string Id)> Closed(ClubFixture club, string phone = "13800138000")
    {
        var member = (await club.Register(phone, form => form with { SmsConsent = true, DealerId = new DealerId("D001") })).MemberId;
        var opened = await club.Get<ComplaintLog>().Open(member, new ComplaintRequest("等待", "三小时", null, null, null, null), null, Staff, Cancellation);
        await Step(club, member, opened.Value.Answer.Id, ComplaintState.Closed);
        return (member, opened.Value.Answer.Id);
    }

    private static async Task Step(ClubFixture club, MemberId member, string id, ComplaintState state) => Assert.True(
        (await club.Get<ComplaintLog>().Follow(member, id, new ComplaintStep("已致电", state, null, null), Staff, Cancellation)).Succeeded);

    private static async Task Day(ClubFixture club, int day, int hour = 12)
    {
        club.At(2026, 3, day, hour);
        await club.Sweep(CareSweep.Word, SmsSweep.Word, FollowJob.Word);
        await club.Sweep(CareSweep.Word, SmsSweep.Word, FollowJob.Word);
    }

    private static int Asked(ClubFixture club) => club.Sms.Sent.Count(one => one.Text.Contains("well since 3月2日?", StringComparison.Ordinal));

    private static async Task<IReadOnlyList<CallView>> Calls(ClubFixture club) =>
        (await club.Get<CareCalls>().List(CallState.Open, null, null, Caller.Operator, 50, null, Cancellation)).Items;

    [Fact]
    public async Task She_is_asked_once_for_each_complaint_though_marketing_has_spoken_enough()
    {
        await using var club = await Open(rules: Rules());
        var (member, id) = await Closed(club);
        await Day(club, 4);
        Assert.Equal(0, Asked(club));
        await Day(club, 5);
        Assert.Equal(1, Asked(club));
        await Step(club, member, id, ComplaintState.InProgress);
        await Step(club, member, id, ComplaintState.Closed);
        for (var day = 6; day < 20; day++) await Day(club, day);
        Assert.Equal(1, Asked(club));
        Assert.Equal([], await club.Verify());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_is_open_again_is_not_asked_about(bool isPlanned)
    {
        await using var club = await Open(rules: Rules());
        var (member, id) = await Closed(club);
        if (isPlanned) await Day(club, 5, hour: 2);
        await Step(club, member, id, ComplaintState.InProgress);
        await Day(club, 5, hour: 10);
        Assert.Equal(0, Asked(club));
        if (isPlanned)
            Assert.Equal("over", (await club.Store.Read<SmsRecord>(member, SmsRecord.IdOf(id.Replace("complaint", "complaintFollowUp", StringComparison.Ordinal)), Cancellation))!.Value.Why);
        // Closed once more it is asked about where it was not before.
        await Step(club, member, id, ComplaintState.Closed);
        await Day(club, 8);
        Assert.Equal(0, Asked(club));
        Assert.Equal(isPlanned ? 0 : 1, club.Sms.Sent.Count(one => one.Text.Contains("3月5日?", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Where_calls_come_first_she_is_called_until_it_is_open_again()
    {
        await using var club = await Open(rules: Rules("""["call"]"""));
        var (member, id) = await Closed(club);
        await Day(club, 5);
        Assert.StartsWith("complaintFollowUp:", Assert.Single(await Calls(club)).Occasion, StringComparison.Ordinal);
        await Step(club, member, id, ComplaintState.Open);
        await Day(club, 6);
        Assert.Empty(await Calls(club));
    }

    [Fact]
    public async Task Who_is_forgotten_is_not_asked_and_who_was_merged_is_asked_once()
    {
        await using var club = new ClubFixture(store: await NewStore(), rules: Rules(), keys: new MemoryStore());
        var (gone, _) = await Closed(club);
        var (one, _) = await Closed(club, "13900139000");
        var other = (await club.Register("13700137000", form => form with { SmsConsent = true })).MemberId;
        Assert.True((await club.Get<EraseMember>().Handle(gone, "本人申请", Staff, Cancellation)).Succeeded);
        await club.Get<Merge>().Handle(other, one, Cancellation);
        await Day(club, 5);
        Assert.Equal(1, Asked(club));
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task A_club_that_stood_still_asks_a_week_late_and_no_later()
    {
        await using var club = await Open(rules: Rules());
        await Closed(club);
        await Day(club, 13);
        Assert.Equal(0, Asked(club));
        await using var other = await Open(rules: Rules());
        await Closed(other);
        await Day(other, 12);
        Assert.Equal(1, Asked(other));
    }

    [Fact]
    public async Task A_crash_after_any_write_asks_once()
    {
        for (var writes = 0; writes < 10; writes++)
        {
            var store = new CrashingStore(await NewStore());
            await using var club = new ClubFixture(store: store, rules: Rules());
            await Closed(club);
            store.CrashAfter(writes);
            try { await Day(club, 5); }
            catch (StoreException) { }
            store.Recover();
            await Day(club, 6);
            Assert.Equal(1, Asked(club));
        }
    }

    [Theory]
    [InlineData("""{"occasion":"complaintFollowUp","template":"x"}""")]
    [InlineData("""{"occasion":"complaintFollowUp","daysAfter":3,"holdout":0.1,"template":"x"}""")]
    [InlineData("""{"occasion":"complaintFollowUp","daysAfter":3,"daysBefore":1,"template":"x"}""")]
    [InlineData("""{"occasion":"birthday","daysAfter":3,"template":"x"}""")]
    [InlineData("""{"occasion":"birthday","kilometres":5000,"template":"x"}""")]
    [InlineData("""{"occasion":"maintenanceDue","kilometres":10,"template":"x"}""")]
    [InlineData("""{"occasion":"birthday","template":"x","variants":[]}""")]
    [InlineData("""{"occasion":"birthday","template":"x","variants":[{"when":{},"template":"y"}]}""")]
    [InlineData("""{"occasion":"birthday","template":"x","variants":[{"when":{"category":["parts"]},"template":"y"}]}""")]
    [InlineData("""{"occasion":"birthday","template":"x","variants":[{"when":{"tier":["gold"]},"channels":["weChat"],"template":"y"}]}""")]
    [InlineData("""{"occasion":"activityInvitation","template":"x","variants":[{"when":{"tier":["gold"]},"template":"y"}]}""")]
    public void What_does_not_go_together_is_refused(string care) =>
        Assert.Throws<ProgrammeException>(() => Book.With($$"""{"care":[{{care}}]}"""));
}
