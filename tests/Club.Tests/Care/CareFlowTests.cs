using Club.Care;
using Club.Edges.Sms;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Store;
using Moq;
using Xunit;

namespace Club.Tests.Care;

public class CareFlowTests : Flow
{
    private static async Task<IReadOnlyList<SmsRecord>> Records(ClubFixture club, MemberId memberId)
    {
        var page = await club.Store.Find(IndexQuery.Prefix(SmsRecord.MemberIndex, memberId + ":") with { Partition = memberId });
        return [.. page.Documents.Select(document => document.As<SmsRecord>()).OrderBy(record => record.PlannedAt)];
    }

    [Fact]
    public async Task A_new_member_who_agreed_is_welcomed_once()
    {
        await using var club = await Open();
        var member = await club.Register(with: registration => registration with { Name = "王小明", SmsConsent = true });
        await club.Register(with: registration => registration with { Name = "王小明", SmsConsent = true });
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        await club.Sweep(CareSweep.Word, SmsSweep.Word);

        var message = Assert.Single(club.Sms.Sent);
        Assert.Equal("+8613800138000", message.To);
        Assert.StartsWith("【车友会】", message.Text, StringComparison.Ordinal);
        Assert.EndsWith("拒收请回复R", message.Text, StringComparison.Ordinal);
        Assert.Equal(SmsState.Sent, Assert.Single(await Records(club, member.MemberId)).State);
    }

    [Fact]
    public async Task Without_consent_nothing_is_sent_and_the_record_says_why()
    {
        await using var club = await Open();
        var member = await club.Register();
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Empty(club.Sms.Sent);
        Assert.Equal((SmsState.Suppressed, "no-consent"),
            (await Records(club, member.MemberId)).Select(record => (record.State, record.Why)).Single());
    }

    [Fact]
    public async Task A_welcome_that_was_planned_before_two_became_one_is_said_once()
    {
        await using var club = await Open();
        var fan = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "O1" });
        var owner = await club.Register(with: registration => registration with { SmsConsent = true });
        await club.Get<Merge>().Handle(owner.MemberId, fan.MemberId);
        for (var i = 0; i < 3; i++) await club.Sweep(CareSweep.Word, SmsSweep.Word);

        Assert.Equal("+8613800138000", Assert.Single(club.Sms.Sent).To);
        Assert.Equal(("welcome", SmsState.Sent),
            (await Records(club, fan.MemberId)).Select(record => (record.Occasion, record.State)).Single());
        Assert.Equal(SmsState.Suppressed, Assert.Single(await Records(club, owner.MemberId)).State);
    }

    [Fact]
    public async Task A_birthday_that_was_wished_before_two_became_one_is_not_wished_again()
    {
        await using var club = await Open();
        var fan = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "O1" });
        var owner = await club.Register(with: registration => registration with { SmsConsent = true, Birthday = new DateOnly(1990, 3, 2) });
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Equal(2, club.Sms.Sent.Count);
        await club.Get<Merge>().Handle(owner.MemberId, fan.MemberId);
        for (var i = 0; i < 3; i++) await club.Sweep(CareSweep.Word, SmsSweep.Word);

        Assert.Equal(2, club.Sms.Sent.Count);
        Assert.Equal(("birthday:2026", SmsState.Suppressed, "told-before"),
            (await Records(club, fan.MemberId)).Select(record => (record.Occasion, record.State, record.Why)).Single());
        club.At(2027, 3, 2);
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Equal(3, club.Sms.Sent.Count);
    }

    [Fact]
    public async Task A_message_whose_provider_was_asked_before_two_became_one_is_asked_for_again_under_the_same_name()
    {
        var asked = new List<SmsMessage>();
        var sms = new Mock<ISms>();
        sms.Setup(port => port.Send(It.IsAny<SmsMessage>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((SmsMessage message, CancellationToken _) =>
            {
                asked.Add(message);
                return asked.Count == 1 ? new SmsResult.TryLater("no answer") : new SmsResult.Accepted("m1");
            });
        await using var club = new ClubFixture(store: await NewStore(), sms: sms.Object);
        var fan = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "O1" });
        var owner = await club.Register(with: registration => registration with { SmsConsent = true });
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        await club.Get<Merge>().Handle(owner.MemberId, fan.MemberId);
        club.Clock.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < 3; i++) await club.Sweep(CareSweep.Word, SmsSweep.Word);

        Assert.Equal(2, asked.Count);
        Assert.Equal(asked[0].RepeatabilityId, asked[1].RepeatabilityId);
    }

    [Fact]
    public async Task A_warning_that_falls_due_while_a_registration_is_half_done_waits_for_its_retry()
    {
        var store = new CrashingStore(await NewStore());
        await using var club = new ClubFixture(store: store);
        store.CrashAfter(1);
        await Assert.ThrowsAsync<StoreException>(() => club.Register(with: registration => registration with { SmsConsent = true }));
        store.Recover();
        await club.Send(Events.Bill("B1", time: "2024-04-01T10:00:00+08:00", lines: [Events.Line("1", "parts", 2_000)]));
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Empty(club.Sms.Sent);

        await club.Register(with: registration => registration with { SmsConsent = true });
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Contains(club.Sms.Sent, message => message.Text.Contains("20积分将于", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_of_the_night_leaves_at_eight()
    {
        await using var club = await Open();
        club.At(2026, 3, 2, 23, 30);
        await club.Register(with: registration => registration with { SmsConsent = true });
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Empty(club.Sms.Sent);
        club.At(2026, 3, 3, 7, 59);
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Empty(club.Sms.Sent);
        club.At(2026, 3, 3, 8, 0);
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Single(club.Sms.Sent);
    }

    [Fact]
    public async Task A_birthday_is_wished_once_a_year_and_29_February_on_the_28th()
    {
        await using var club = await Open();
        var member = await club.Register(with: registration =>
            registration with { SmsConsent = true, Birthday = new DateOnly(1988, 2, 29) });
        for (var day = new DateOnly(2027, 2, 25); day <= new DateOnly(2027, 3, 3); day = day.AddDays(1))
        {
            club.At(day.Year, day.Month, day.Day);
            await club.Sweep(CareSweep.Word, SmsSweep.Word);
            await club.Sweep(CareSweep.Word, SmsSweep.Word);
        }
        var birthday = Assert.Single(await Records(club, member.MemberId), record => record.Occasion == "birthday:2027");
        Assert.Equal(new DateOnly(2027, 2, 28), DateOnly.FromDateTime(birthday.SentAt!.Value.DateTime));
        club.At(2028, 2, 28);
        Assert.Equal(0, (await club.Sweep(CareSweep.Word)).Done);
        club.At(2028, 2, 29);
        Assert.Equal(1, (await club.Sweep(CareSweep.Word)).Done);
    }

    [Fact]
    public async Task A_club_that_stood_still_does_not_wish_weeks_later()
    {
        await using var club = await Open();
        var member = await club.Register(with: registration =>
            registration with { SmsConsent = true, Birthday = new DateOnly(1990, 4, 1) });
        club.At(2026, 5, 1);
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Equal((SmsState.Suppressed, "too-late"),
            (await Records(club, member.MemberId)).Where(record => record.Occasion == "birthday:2026")
            .Select(record => (record.State, record.Why)).Single());
    }

    [Fact]
    public async Task Purchase_anniversaries_are_kept_per_vehicle()
    {
        await using var club = await Open();
        var member = await club.Register(with: registration => registration with
        {
            SmsConsent = true,
            Vehicles = [new Vehicle(null, "V3菱悦", new DateOnly(2020, 6, 1), "京A12345"),
            new Vehicle(null, "翼神", new DateOnly(2022, 6, 1), "京B12345")],
        });
        club.At(2026, 6, 1);
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Equal(2, (await Records(club, member.MemberId)).Count(record =>
            record.Occasion.StartsWith("anniversary:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Expiring_points_are_announced_once_before_they_lapse()
    {
        await using var club = await Open();
        var member = await club.Register(with: registration => registration with { SmsConsent = true });
        await club.Send(Events.Bill(lines: [Events.Line("1", "parts", 90_000m)]));
        var lapse = (await club.Account(member.MemberId)).NextLapse!.Value;
        var announced = 0;
        for (var day = lapse.AddDays(-45); day <= lapse; day = day.AddDays(5))
        {
            club.At(day.Year, day.Month, day.Day);
            await club.Sweep(CareSweep.Word, SmsSweep.Word);
            var now = (await Records(club, member.MemberId))
                .Count(record => record.Occasion.StartsWith("pointsExpiring:", StringComparison.Ordinal) && record.State == SmsState.Sent);
            Assert.True(now >= announced);
            announced = now;
        }
        Assert.Equal(1, announced);
    }

    [Fact]
    public async Task A_delivery_report_and_a_reply_are_taken_once_however_often_they_come()
    {
        await using var club = await Open();
        var member = await club.Register(with: registration =>
            registration with { SmsConsent = true, Birthday = new DateOnly(1990, 4, 1) });
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        var sent = Assert.Single(await Records(club, member.MemberId));
        var events = new SmsEvents([
            new SmsEvent.DeliveryReport("e1", sent.MessageId!, "+8613800138000", "Delivered", null, null, null),
            new SmsEvent.DeliveryReport("e1", sent.MessageId!, "+8613800138000", "Failed", "4003", null, null),
            new SmsEvent.Received("e2", "8613800138000", "r", club.Clock.GetUtcNow().AddMinutes(1)),
            new SmsEvent.Received("e2", "8613800138000", "r", club.Clock.GetUtcNow().AddMinutes(1)),
        ], 0);
        await club.Get<SmsFeedback>().Handle(events);

        Assert.Equal(SmsState.Delivered, Assert.Single(await Records(club, member.MemberId)).State);
        club.At(2026, 4, 1);
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Equal((SmsState.Suppressed, "opted-out"),
            (await Records(club, member.MemberId)).Where(record => record.Occasion == "birthday:2026")
            .Select(record => (record.State, record.Why)).Single());
    }

    [Fact]
    public async Task A_crash_between_sending_and_noting_does_not_send_twice()
    {
        var store = new CrashingStore(await NewStore());
        await using var club = new ClubFixture(store: store);
        await club.Register(with: registration => registration with { SmsConsent = true });
        // The attempt is noted, the message leaves, and then the store is gone.
        store.CrashAfter(1);
        Assert.Equal(1, (await club.Sweep(SmsSweep.Word)).Failed);
        store.Recover();
        club.Clock.Advance(TimeSpan.FromMinutes(10));
        await club.Sweep(SmsSweep.Word);
        Assert.Single(club.Sms.Sent);
    }

    [Fact]
    public async Task A_throttled_message_is_tried_again_and_a_refused_one_is_not()
    {
        var provider = new Mock<ISms>();
        provider.SetupSequence(sms => sms.Send(It.IsAny<SmsMessage>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new SmsResult.TryLater("429", TimeSpan.FromMinutes(2)))
            .ReturnsAsync(new SmsResult.Refused("4003", "unsupported destination"));
        await using var club = await Open(sms: provider.Object);
        var member = await club.Register(with: registration => registration with { SmsConsent = true });
        await club.Sweep(SmsSweep.Word);
        Assert.Equal(SmsState.Planned, Assert.Single(await Records(club, member.MemberId)).State);
        club.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, (await club.Sweep(SmsSweep.Word)).Done);
        club.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 3; i++) await club.Sweep(SmsSweep.Word);
        var record = Assert.Single(await Records(club, member.MemberId));
        Assert.Equal((SmsState.Failed, 2), (record.State, record.Attempts));
        Assert.StartsWith("4003", record.Why, StringComparison.Ordinal);
    }
}
