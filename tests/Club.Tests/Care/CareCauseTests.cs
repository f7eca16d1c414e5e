using Club.Care;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Store;
using Xunit;

namespace Club.Tests.Care;

/// <summary>What was planned in the night waits for the morning, and by then may have lost its cause.</summary>
public sealed class CareCauseTests
{
    private static readonly Programme Rules = Book.With("""
        {"wallets":[{"code":"club","name":"积分","scope":"club","unit":"积分","expiry":{"kind":"rollingMonths","months":24},"unitCost":1}],
         "earning":[{"id":"all","when":{"category":["parts"]},"award":{"rate":1} }],
         "care":[{"occasion":"pointsExpiring","daysBefore":30,"template":"{{ pointsExpiring }}"},
          {"occasion":"insuranceEnd","holdout":0,"daysBefore":30,"template":"ends"},
          {"occasion":"purchaseAnniversary","holdout":0,"template":"years"},{"occasion":"birthday","holdout":0,"template":"wish"}]}
        """);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_points_that_are_gone_nobody_is_warned(bool areGone)
    {
        await using var club = new ClubFixture(rules: Rules);
        var member = await Member(club);
        await club.Send(Events.Bill("1", dealerId: "D001", time: "2026-03-02T10:00:00+08:00", lines: [Events.Line("1", "parts", 300m)]));
        club.At(2028, 2, 1, 2);
        await club.Sweep(CareSweep.Word);
        if (areGone) await club.Send(Events.Return("1", time: "2028-02-01T01:00:00+08:00"));
        Assert.Equal(areGone ? "over" : "Sent", await InTheMorning(club, member, "pointsExpiring:2028-03-02:30"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_insured_again_is_not_reminded(bool isInsured)
    {
        await using var club = new ClubFixture(rules: Rules);
        var member = await Member(club);
        await club.Send(Events.Bill("1", dealerId: "D001", lines: [Events.Line("1", "insurance", 3000m)]));
        await club.Sweep(FollowJob.Word);
        club.At(2027, 1, 31, 2);
        await club.Sweep(CareSweep.Word);
        if (isInsured) await club.Send(Events.Bill("2", dealerId: "D001", time: "2027-01-31T01:00:00+08:00", lines: [Events.Line("1", "insurance", 3000m)]));
        await club.Sweep(FollowJob.Word);
        Assert.Equal(isInsured ? "over" : "Sent", await InTheMorning(club, member, "insuranceEnd:2026-03-02:30"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whose_car_turns_out_to_be_another_s_is_not_congratulated_on_it(bool isDisputed)
    {
        await using var club = new ClubFixture(rules: Rules);
        var member = await Member(club);
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        club.At(2027, 3, 2, 2);
        await club.Sweep(CareSweep.Word);
        var profile = (await club.Store.Read<Profile>(member, Profile.Id, Cancellation))!;
        if (isDisputed)
            await club.Get<Profiles>().Change(member, draft =>
            {
                draft.Become(profile.Value with { Vehicles = [] }, "test");
                return true;
            }, Cancellation);
        var occasion = (await Records(club, member)).Single(one => one.Occasion.StartsWith("anniversary", StringComparison.Ordinal)
            && one.Occasion.EndsWith("2027", StringComparison.Ordinal)).Occasion;
        Assert.Equal(isDisputed ? "over" : "Sent", await InTheMorning(club, member, occasion));
        Assert.Equal("Sent", await InTheMorning(club, member, "birthday:2027"));
    }

    private static async Task<MemberId> Member(ClubFixture club) => (await club.Register(with: form => form with
    {
        SmsConsent = true, Birthday = new DateOnly(1990, 3, 2),
        Vehicles = [new Vehicle(null, "明锐", new DateOnly(2020, 3, 2), "京A12345")],
    })).MemberId;

    private static async Task<string> InTheMorning(ClubFixture club, MemberId member, string occasion)
    {
        var now = club.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8));
        club.At(now.Year, now.Month, now.Day, 10);
        await club.Sweep(SmsSweep.Word);
        var record = (await Records(club, member)).Single(one => one.Occasion == occasion);
        return record.State == SmsState.Suppressed ? record.Why! : $"{record.State}";
    }

    private static async Task<IReadOnlyList<SmsRecord>> Records(ClubFixture club, MemberId member) =>
        [.. (await club.Store.Find(IndexQuery.Prefix(SmsRecord.MemberIndex, member + ":") with { Partition = member }, Cancellation)).Documents
            .Select(document => document.As<SmsRecord>())];
}
