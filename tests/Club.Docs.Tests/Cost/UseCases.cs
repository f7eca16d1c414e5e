using Club.Access;
using Club.Kernel;
using Club.Care;
using Club.Edges;
using Club.Edges.Sms;
using Club.Joining;
using Club.Ledger;
using Club.Members;
using Club.Tests.Support;
using Club.Tiers;

namespace Club.Docs.Tests.Cost;

/// <summary>What each use case asks of the store.</summary>
internal static class UseCases
{
    public static IReadOnlyList<UseCase> All { get; } =
    [
        new(
            "accrual, by phone", Settled, club => club.Send(club.BillToday("NEW")),
            "read claim", "create key/0", "read account", "create entry/1 + replace account/6"),
        new(
            "accrual, by member id", Settled, club => club.Send(club.BillToday("NEW", new { memberId = club.MemberId })),
            "create key/0", "read account", "create entry/1 + replace account/6"),
        new(
            "accrual, five of one member at once", Settled, club =>
            club.Send([.. Enumerable.Range(0, 5).Select(i => club.BillToday($"NEW-{i}"))]),
            "read claim", "create key/0", "create key/0", "create key/0", "create key/0", "create key/0", "read account",
            "create entry/1 + create entry/1 + create entry/1 + create entry/1 + create entry/1 + replace account/6"),
        new(
            "accrual, with a campaign's budget", Settled, club => club.Send(club.BillToday("NEW")),
            "read claim", "create key/0", "read account", "read entry (none)", "read allotment", "read promise (none)",
            "create promise/0 + replace allotment/0", "create entry/1 + replace account/6") { WithBudget = true },
        new(
            "accrual, redelivered", Settled, club => club.Send(club.LastBill),
            "read claim", "refused: create key/0", "read key", "read entry"),
        new(
            "accrual, key used for another member", TwoMembers, club => club.Send(Events.Bill("OLD-00", phone: "13900139000")),
            "read claim", "refused: create key/0", "read key", "read account", "read account (none)", "read entry", "create rejection/4"),
        new(
            "accrual, unknown customer: parked", Settled, club => club.Send(Events.Bill("NEW", phone: "13900139000")),
            "read claim (none)", "create key/0", "create parked/3 + create claim/0"),
        new(
            "accrual, wrong: rejected", Settled, club => club.Send(Events.With(CostClub.Bill("NEW"), "data.lines.0.amount", -5m)),
            "create rejection/4"),
        new(
            "reversal of one line", Settled, club => club.Send(Events.Return("OLD-19", lines: [new { lineId = "1", amount = 100m }])),
            "read key", "create key/0", "read account", "read reversed (none)", "read entry", "read entry (none)",
            "create entry/1 + create reversed/0 + replace account/6"),
        new(
            "registration, website, new", Nobody, club => club.Join(),
            "read delivered (none)", "read claim (none)", "read claim (none)", "create claim/0", "create claim/0", "read profile (none)",
            "read claim (none)", "create claim/0", "read account (none)", "create event/1 + create event/1 + create sms/4 + create event/1 + create profile/12",
            "create delivered/2"),
        new(
            "registration, website, delivered again", Settled, club => club.Website("msg_1"),
            "read delivered"),
        new(
            "registration, website, known and unchanged", club => club.Join(), club => club.Website("msg_2"),
            "read delivered (none)", "read claim", "read claim", "read profile", "read profile", "create delivered/2"),
        new(
            "registration, WeChat follower", Nobody, club => club.Follow(),
            "read delivered (none)", "read claim (none)", "create claim/0", "read profile (none)", "read claim (none)", "create claim/0",
            "create event/1 + create profile/5", "read claim", "read account (none)", "read profile", "create delivered/2"),
        new(
            "registration, one transaction parked", Parked, club => club.Join(),
            "read delivered (none)", "read claim", "read claim (none)", "replace claim/2", "create claim/0", "read profile (none)",
            "read claim (none)", "create claim/0", "read account (none)", "create event/1 + create event/1 + create sms/4 + create event/1 + create profile/12", "read claim",
            "find parked (1)", "read parked", "read key", "replace key/0", "read account (none)", "create entry/1 + create account/5", "read claim",
            "delete parked + replace claim/0", "read claim",
            "create delivered/2"),
        new(
            "registration, follower with two entries merged", Fan, club => club.Website("msg_2", openId: true),
            "read delivered (none)", "read claim", "read claim", "read claim", "read profile", "read profile", "read account",
            "read account",
            "read profile", "read profile", "read account", "replace account/6", "replace account/2",
            "find ownEntry (2)", "find ownRedemption (none)", "read account", "create entry/1 + create entry/1 + replace account/6", "read account", "read account",
            "create event/1 + replace account/6", "find ownComplaint (none)", "find ownBenefit (none)",
            "find ownLetter (none)", "find ownCall (none)", "find maintenanceDay (none)", "find ownAdjustment (none)", "find ownTransfer (none)", "read family (none)", "find ownExchange (none)", "find ownVoucher (none)",
            "find ownOrder (none)", "find ownReferral (none)", "read profile", "find ownRepurchase (none)", "find ownSuspicion (none)", "find ownSignUp (none)", "read profile", "read profile", "create event/1 + replace profile/12",
            "read claim", "replace claim/0", "read claim",
            "replace claim/0", "read account", "replace profile/0 + replace account/1", "read account", "replace account/6", "read profile",
            "replace profile/12", "create delivered/2"),
        new(
            "WeChat, asks for points", Follower, club => club.AskForPoints(),
            "read delivered (none)", "read claim", "read profile", "read profile", "replace profile/5", "read account (none)",
            "create delivered/2"),
        new(
            "staff: member", Settled, club => club.Get<MemberViews>().Member(new MemberId(club.MemberId), Caller.Operator, default),
            "read profile", "read account"),
        new(
            "staff: account", Settled, club => club.Get<MemberViews>().Account(new MemberId(club.MemberId), Caller.Operator, default),
            "read profile", "read account"),
        new(
            "staff: newest 20 entries", Settled, club => club.Get<MemberViews>().Entries(new MemberId(club.MemberId), null, Caller.Operator, 20, null, default),
            "read profile", "read account", "find ownEntry (20)"),
        new(
            "sweep, nothing due in a bucket", Nobody, club => club.Sweep(TierSweep.Word),
            "find dueTier everywhere (none)"),
        new(
            "tier sweep, one due", TierDue, club => club.Sweep(TierSweep.Word),
            "find dueTier everywhere (1)", "replace account/6"),
        new(
            "points sweep, one due", PointsDue, club => club.Sweep(PointsSweep.Word),
            "find duePoints everywhere (1)", "create entry/1 + replace account/6"),
        new(
            "care sweep, one birthday", Birthday, club => club.Sweep(CareSweep.Word),
            "find dueCare everywhere (1)", "read account (none)", "read account (none)", "find ownSms (none)", "create sms/4 + create event/1 + create sms/3 + create event/1 + replace profile/12 + create account/3",
            "find dueComplaintCare everywhere (none)"),
        new(
            "SMS sweep, one sent", club => club.Join(), club => club.Sweep(SmsSweep.Word),
            "find dueSms everywhere (1)", "read account (none)", "read profile", "replace sms/4", "replace sms/4 + create event/1"),
        new(
            "SMS delivery report", Sent, Delivered,
            "find smsMessage everywhere (1)", "replace sms/4 + create event/1"),
    ];

    private static Task Nobody(CostClub club) => Task.CompletedTask;

    private static Task Settled(CostClub club) => club.Settle();

    private static async Task TwoMembers(CostClub club)
    {
        await club.Settle();
        await club.Get<Register>().Handle(new Registration { Source = "website", Phone = Identity.PhoneNumber.Parse("13900139000").Value });
    }

    private static Task Parked(CostClub club) => club.Send(CostClub.Bill("NEW"));

    private static Task Follower(CostClub club) => club.Follow();

    private static async Task Fan(CostClub club)
    {
        await club.Follow();
        await club.SendAsFan("FAN-1", "FAN-2");
        await club.Settle();
    }

    private static async Task TierDue(CostClub club)
    {
        await club.Settle();
        club.At((await club.Account()).TierDue!.Value);
    }

    private static async Task PointsDue(CostClub club)
    {
        await club.Settle();
        club.At((await club.Account()).NextLapse!.Value);
    }

    private static async Task Birthday(CostClub club)
    {
        await club.Join();
        club.At(new DateOnly(2026, 12, 1));
    }

    private static async Task Sent(CostClub club)
    {
        await club.Join();
        await club.Sweep(SmsSweep.Word);
    }

    private static async Task Delivered(CostClub club)
    {
        var message = (await club.Messages())[0];
        club.Store.Take();
        await club.Get<SmsFeedback>().Handle(new SmsEvents(
            [new SmsEvent.DeliveryReport("e1", message.MessageId!, "+8613800138000", "Delivered", null, null, null)], 0));
    }
}
