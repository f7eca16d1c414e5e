using Club.Access;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Xunit;

namespace Club.Tests.Members;

/// <summary>A day at a dealer: what presses, with its next step, and what was done.</summary>
public sealed class TodayTests
{
    private static readonly Caller Director = new([Role.Director], "李主任") { Dealer = new DealerId("D021") };
    private static readonly Caller Hq = new([Role.Hq], "王总部");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_director_sees_what_presses_at_her_dealer_and_nothing_of_another()
    {
        await using var club = new ClubFixture("skoda");
        var hers = await Member(club, "13800138000", "李明", "D021");
        var other = await Member(club, "13700137000", "王伟", "D022");
        var log = club.Get<ComplaintLog>();
        foreach (var (member, subject, dealer) in new[] { (hers, "等待", "D021"), (other, "划痕", "D022") })
            Assert.True((await log.Open(member, new ComplaintRequest(subject, "三小时", null, null, null, new DealerId(dealer)), null,
                Caller.OperatorAs("A017"), Cancellation)).Succeeded);
        Assert.True((await club.Get<Applications>().Apply(new ApplicationRequest("""{"phone":"13600136000","name":"韩梅"}""", new DealerId("D021"), null),
            null, Caller.OperatorAs("A017"), Cancellation)).Succeeded);
        club.At(2026, 4, 1);

        var day = await club.Get<TodayDesk>().Tell(null, Director, Cancellation);

        Assert.Equal((new DateOnly(2026, 4, 1), new DealerId("D021")), (day.Date, day.DealerId!.Value));
        var complaint = Assert.Single(Section(day, "complaints").Items);
        Assert.Equal((hers, "李明", "等待", true, NextStep.Answer),
            (complaint.MemberId!.Value, complaint.Name, complaint.What, complaint.IsOverdue, complaint.Next));
        Assert.Equal(("韩梅", NextStep.Decide), Assert.Single(Section(day, "applications").Items) is var one ? (one.Name, one.Next) : default);
        Assert.Equal((hers, NextStep.Congratulate), Assert.Single(Section(day, "birthdays").Items) is var born ? (born.MemberId!.Value, born.Next) : default);
        Assert.DoesNotContain(day.Sections, section => section.Name == "doubts");
        Assert.Empty((await club.Get<TodayDesk>().Tell(new DealerId("D022"), Director, Cancellation)).Sections);

        var all = await club.Get<TodayDesk>().Tell(null, Hq, Cancellation);
        Assert.Equal(["等待", "划痕"], Section(all, "complaints").Items.Select(item => item.What).OrderDescending());
        Assert.Equal(2, Section(all, "birthdays").Items.Count);
        Assert.Equal(["王伟"], Section(await club.Get<TodayDesk>().Tell(new DealerId("D022"), Hq, Cancellation), "birthdays").Items.Select(item => item.Name));
        Assert.Contains(all.Sections, section => section.Name == "doubts");
    }

    [Fact]
    public async Task What_was_changed_today_is_counted_by_dealer_and_readings_are_not()
    {
        await using var club = new ClubFixture("skoda");
        var trail = club.Get<AuditTrail>();
        await Act(trail, Director, "OpenComplaint", changes: true);
        club.At(2026, 3, 3);
        foreach (var (who, action, changes, status) in new[] { (Director, "OpenComplaint", true, 201),
            (Director with { Name = "赵顾问" }, "OpenComplaint", true, 200), (Director, "OpenComplaint", true, 400), (Director, "Member", false, 200),
            (Director with { Dealer = new DealerId("D022") }, "OpenComplaint", true, 201), (Hq, "PutGift", true, 200) })
            await Act(trail, who, action, changes, status);
        Assert.Equal([new DoneToday("OpenComplaint", 2)], (await club.Get<TodayDesk>().Tell(null, Director, Cancellation)).Done);
        Assert.Equal([new DoneToday("PutGift", 1)], (await club.Get<TodayDesk>().Tell(null, Hq, Cancellation)).Done);
        Assert.Equal([new DoneToday("OpenComplaint", 1)], (await club.Get<TodayDesk>().Tell(new DealerId("D022"), Hq, Cancellation)).Done);
    }

    [Fact]
    public async Task Of_many_the_first_are_told_and_that_there_are_more()
    {
        await using var club = new ClubFixture("skoda");
        for (var i = 0; i < TodayDesk.MostItems + 5; i++) await Member(club, $"138001380{i:00}", $"李{i}", "D021");
        club.At(2027, 4, 1);
        var birthdays = Section(await club.Get<TodayDesk>().Tell(null, Director, Cancellation), "birthdays");
        Assert.Equal((TodayDesk.MostItems, true), (birthdays.Items.Count, birthdays.HasMore));
    }

    /// <summary>Who may not read a member learns no name of hers by what is to be done.</summary>
    [Fact]
    public async Task Finance_sees_no_name_in_full()
    {
        await using var club = new ClubFixture(rules: Book.With("""
            {"checks":[{"id":"bare","kind":"linesMissing","severity":"note","anyOf":["parts"],"unless":["rescue"]}]}
            """));
        await club.Register(with: form => form with { Name = "王小明" });
        await club.Send(Events.Bill(dealerId: "D001", lines: [Events.Line("1", "gift", 300m)]));
        foreach (var (role, name) in ((Role, string)[])[(Role.Finance, "王**"), (Role.Hq, "王小明")])
            Assert.Equal(name, Assert.Single(Section(await club.Get<TodayDesk>().Tell(null, new Caller([role], "钱"), Cancellation), "doubts").Items).Name);
    }

    [Fact]
    public async Task Of_more_than_can_be_counted_it_is_said_that_there_are_more()
    {
        await using var club = new ClubFixture("skoda");
        for (var i = 0; i < 1000; i++) await Act(club.Get<AuditTrail>(), Hq, "PutGift", changes: true);
        var day = await club.Get<TodayDesk>().Tell(null, Hq, Cancellation);
        Assert.Equal((new DoneToday("PutGift", 1000), false), (Assert.Single(day.Done), day.DoneHasMore));
        await Act(club.Get<AuditTrail>(), Hq, "PutGift", changes: true);
        Assert.True((await club.Get<TodayDesk>().Tell(null, Hq, Cancellation)).DoneHasMore);
    }

    private static async Task<MemberId> Member(ClubFixture club, string phone, string name, string dealer) =>
        (await club.Register(phone, form => form with { Name = name, DealerId = new DealerId(dealer), Birthday = new DateOnly(1990, 4, 1) })).MemberId;

    private static TodaySection Section(TodayView day, string name) => day.Sections.Single(section => section.Name == name);

    private static Task<bool> Act(AuditTrail trail, Caller who, string action, bool changes, int status = 200) => trail.Watch(
        new AuditedCall(action, [], null), changes, () => who, () => Task.FromResult(true), _ => ([], status), Cancellation);
}
