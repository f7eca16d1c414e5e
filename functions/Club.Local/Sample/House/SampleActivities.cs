using System.Globalization;
using Club.Activities;
using Club.Identity;
using Club.Kernel;
using Club.Programmes;
using Club.Running;
using Club.Store;
using Club.Transactions;

namespace Club.Local.Sample;

/// <summary>Activities: planned, paid for, invited to, attended and judged; some are refused, and some called off.</summary>
internal sealed class SampleActivities(ActivityPlans plans, Invitations invitations, SignUps signUps, CheckIns checkIns,
    FinishSweep finish, IClubStore store, ClubCalendar calendar) : ISampleDesk
{
    private const int EveryDays = 40, ToApprove = 3, ToSignUp = 5, ToTakePlace = 21, LeastGuests = 6, MostGuests = 40, Places = 60;

    private static readonly (string Name, string Kind, string Place)[] Kinds =
    [
        ("自驾游", "drive", "郊外"), ("爱车课堂", "class", "经销商展厅"), ("亲子嘉年华", "family", "城市公园"), ("免费检测周", "service", "各经销商"),
        ("摄影采风", "hobby", "古镇"), ("车友年会", "party", "酒店宴会厅"),
    ];

    /// <summary>From December on.</summary>
    private static readonly string[] Seasons = ["冬", "春", "夏", "秋"];

    private static readonly string[] Said = ["组织得很好", "孩子很开心", "希望多办几次", "时间有点赶", "讲解很专业"];

    private int _number;

    public async Task Work(SampleStaff staff)
    {
        if (staff.Options.Day(staff.Today) % EveryDays != EveryDays / 4) return;
        var (name, kind, place) = Kinds[_number++ % Kinds.Length];
        var (isDealers, fate, spent) = (staff.Random.Happens(0.4), staff.Random.Share(), staff.Random.Between(40, 110));
        DealerId? dealer = isDealers ? staff.Random.Of(staff.Random.Of(staff.Options.Regions).Dealers) : null;
        var by = dealer is { } own ? SampleStaff.Director(own) : SampleStaff.Marketing;
        var day = staff.Today.AddDays(ToTakePlace);
        var asked = Money.Of(staff.Random.Between(10, 60) * 1000);
        var code = string.Create(CultureInfo.InvariantCulture, $"{kind}-{day:yyyyMMdd}");
        var request = new ActivityRequest($"{Seasons[day.Month % 12 / 3]}季{name}", kind, place, null, dealer, calendar.At(day, new(9, 30)),
            calendar.At(day, new(16, 0)), calendar.At(day.AddDays(-2), new(20, 0)), Places, 2, asked);
        await staff.Act("PutActivity", by, null, code, who => plans.Put(code, request, null, who, default));
        await Go(staff, by, code, "RequestActivityBudget", new ActivityStep(ActivityState.Requested));
        var isRefused = fate < 0.12;
        staff.Later(ToApprove, () => isRefused
            ? Go(staff, SampleStaff.Finance, code, "RefuseActivityBudget", new ActivityStep(ActivityState.Refused, "预算已用完"))
            : Go(staff, SampleStaff.Finance, code, "ApproveActivityBudget", new ActivityStep(ActivityState.Approved)));
        if (isRefused) return;
        staff.Later(ToSignUp, () => Open(staff, by, code, dealer));
        if (fate < 0.2) staff.Later(ToTakePlace - 3, () => Go(staff, by, code, "CancelActivity", new ActivityStep(ActivityState.Cancelled, "天气原因")));
        else staff.Later(ToTakePlace + 7, () => Go(staff, by, code, "CloseActivity",
            new ActivityStep(ActivityState.Closed, null, Money.Of(asked.Yuan * spent / 100))));
        if (fate >= 0.2) SignUp(staff, code, dealer);
    }

    private Task<Outcome<ClubActivity>> Go(SampleStaff staff, Access.Caller by, string code, string action, ActivityStep step) =>
        staff.Act(action, by, null, code, who => plans.Go(code, step, who, default));

    private async Task Open(SampleStaff staff, Access.Caller by, string code, DealerId? dealer)
    {
        await Go(staff, by, code, "OpenActivity", new ActivityStep(ActivityState.Open));
        if (!staff.Options.Programme.Care.Any(one => one.Occasion == CareOccasion.ActivityInvitation)) return;
        var hobby = dealer is null ? staff.Random.Of(["自驾", "摄影", "露营", "亲子", "旅行"]) : null;
        await staff.Act("Invite", by, null, code, who => invitations.Send(code, new InvitationRequest(new InviteeFilter(Hobby: hobby), null),
            staff.Command(), who, default));
        if (await store.Read(ClubActivity.PartitionOf(code), Invitation.Id) is not null)
            await finish.Handle(ClubActivity.PartitionOf(code), default);
    }

    private void SignUp(SampleStaff staff, string code, DealerId? dealer)
    {
        var guests = Math.Min(MostGuests, LeastGuests + staff.Options.Members / 200);
        for (var guest = 0; guest < guests; guest++)
            staff.Later(staff.Random.Between(ToSignUp + 1, ToTakePlace - 3), async () =>
            {
                if (await staff.Somebody(one => dealer is null || one.Dealer == dealer) is not var (who, member)) return;
                var (brings, comes, tells) = (staff.Random.Below(3), staff.Random.Happens(0.85), staff.Random.Happens(0.6));
                if (await store.Read<SignUp>(member, Activities.SignUp.IdOf(code)) is not null) return;
                var signed = await staff.Act("SignUp", SampleStaff.Headquarters, member, code, by => signUps.SignUp(member, code, brings, by, default));
                var days = (await plans.Read(code, default))!.Value.From;
                var ahead = calendar.DateOf(days).DayNumber - staff.Today.DayNumber;
                if (signed.Problem is not null || !comes) return;
                staff.Later(ahead, () => Come(staff, code, who, member));
                if (tells) staff.Later(ahead + 1, () => staff.Act("TellOfActivity", SampleStaff.Headquarters, member, code, by => signUps.Tell(
                    member, code, new FeedbackRequest(5 - staff.Random.Early(4), staff.Random.Of(Said)), by, default)));
            });
    }

    private async Task Come(SampleStaff staff, string code, SampleMember who, MemberId member)
    {
        staff.Clock(new TimeOnly(9, 30).AddMinutes(staff.Random.Below(60)));
        var door = new CheckInRequest(new MemberReference(null, PersonIdentity.Of(PhoneNumber.Parse(who.Phone).Value)), null);
        await staff.ActNow("CheckIn", SampleStaff.Headquarters, member, code, by => checkIns.ByStaff(code, door, by, default));
    }
}
