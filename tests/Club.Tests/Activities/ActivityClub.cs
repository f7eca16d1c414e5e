using Club.Access;
using Club.Activities;
using Club.Identity;
using Club.Kernel;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Activities;

/// <summary>What the tests of activities do again and again.</summary>
internal static class ActivityClub
{
    public const string Drive = "spring-drive";
    public static readonly Caller Marketing = new([Role.Marketing], "周市场"), Finance = new([Role.Finance], "钱财务");

    public static ActivityRequest Wanted(int? places = null, decimal asked = 0, int guests = 2, DealerId? dealer = null) => new(
        "春季自驾游", "drive", "杭州西湖", null, dealer, Moment("2026-03-07T09:00:00+08:00"), Moment("2026-03-08T18:00:00+08:00"),
        Moment("2026-03-06T18:00:00+08:00"), places, guests, new Money((long)(asked * 100)));

    /// <summary>An activity that costs nothing, open to all.</summary>
    public static async Task<ClubActivity> Open(this ClubFixture club, int? places = null, int guests = 2, DealerId? dealer = null)
    {
        var plans = club.Get<ActivityPlans>();
        Assert.True((await plans.Put(Drive, Wanted(places, guests: guests, dealer: dealer), null, Marketing, default)).Succeeded);
        return (await plans.Go(Drive, new ActivityStep(ActivityState.Open), Marketing, default)).Value;
    }

    public static Task<Outcome<SignUpView>> SignUp(this ClubFixture club, MemberId member, int guests = 0, Caller? caller = null) =>
        club.Get<SignUps>().SignUp(member, Drive, guests, caller ?? Caller.OperatorAs("A017"), default);

    public static Task<Outcome<CheckedIn>> CheckIn(this ClubFixture club, MemberId member, int? guests = null, Caller? caller = null) =>
        club.Get<CheckIns>().ByStaff(Drive, new CheckInRequest(new MemberReference(member, null), guests), caller ?? Caller.OperatorAs("A017"),
            default);

    public static Task<Outcome<CheckedIn>> CheckIn(this ClubFixture club, string phone, Caller caller) =>
        club.Get<CheckIns>().ByStaff(Drive, new CheckInRequest(new MemberReference(null, PersonIdentity.Of(PhoneNumber.Parse(phone).Value)), null),
            caller, default);

    public static async Task<ActivityReport> Report(this ClubFixture club) =>
        (await club.Get<ActivityReports>().Of(Drive, Caller.Operator, default))!.Value.Told.Report;

    public static async Task<SignUpView> Hers(this ClubFixture club, MemberId member) =>
        Assert.Single((await club.Get<ActivityReports>().History(member, Caller.Operator, 50, null, default))!.Value.Items);

    public static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
