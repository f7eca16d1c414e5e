using Club.Kernel;
using Club.Members;

namespace Club.Local.Sample;

/// <summary>Members complain, and go to another branch.</summary>
internal sealed class SampleComplaints(ComplaintLog complaints, Transfers transfers) : ISampleDesk
{
    private const double PerDay = 0.03, OfMembers = 0.00002;

    /// <summary>What nobody looks at is from the last days: before, each was closed.</summary>
    private const int Remembered = 60;

    private static readonly (string Subject, string Text)[] Subjects =
    [
        ("等待时间过长", "预约了上午十点，到下午才开始保养。"), ("空调异味未解决", "清洗之后仍有异味，要求重新检查。"), ("积分未到账", "上次保养的积分没有看到。"),
        ("维修费用不清楚", "工时费与报价不一致，希望解释。"), ("服务态度", "接待时没有说明维修项目。"),
    ];

    public async Task Work(SampleStaff staff)
    {
        for (var times = staff.Times(PerDay + staff.Options.Members * OfMembers); times > 0; times--) await Complain(staff);
        // Somebody who opens the club has something to do.
        if (staff.IsOneOfTheLast(6) && staff.Today.Day % 2 == 0) await Complain(staff);
        for (var times = staff.Times(PerDay + staff.Options.Members * OfMembers / 2); times > 0; times--) await Move(staff);
    }

    private async Task Complain(SampleStaff staff)
    {
        if (await staff.Somebody() is not var (who, id)) return;
        var (subject, text) = staff.Random.Of(Subjects);
        var days = staff.Random.Between(1, 9);
        var isForgotten = staff.Random.Happens(0.3) && staff.Today > staff.Options.Until.AddDays(-Remembered);
        var request = new ComplaintRequest(subject, text, staff.Random.Of(["phone", "shop", "wechat"]), null, null, who.Dealer);
        var opened = await staff.Act("OpenComplaint", SampleStaff.Headquarters, id, null, caller =>
            complaints.Open(id, request, staff.Command(), caller, default));
        if (opened.Problem is not null || isForgotten) return;
        var complaint = opened.Value.Answer.Id;
        staff.Later(days, () => Follow(staff, id, complaint, new ComplaintStep("已联系客户，经销商复查中。", ComplaintState.InProgress, null, null)));
        staff.Later(days + 4, () => Follow(staff, id, complaint, new ComplaintStep("客户接受处理结果。", ComplaintState.Closed, null, null)));
    }

    private Task<Outcome<ComplaintView>> Follow(SampleStaff staff, MemberId id, string complaint, ComplaintStep step) => staff.Act("FollowComplaint",
        SampleStaff.Headquarters, id, complaint, caller => complaints.Follow(id, complaint, step, caller, default));

    private async Task Move(SampleStaff staff)
    {
        if (await staff.Somebody(one => one.Region.Dealers.Count > 1) is not var (who, id)) return;
        var to = staff.Random.Of(who.Region.Dealers);
        if (to == who.Dealer) return;
        await staff.Act("TransferMember", SampleStaff.Headquarters, id, null, caller =>
            transfers.Move(id, new TransferRequest(to, "搬家，就近服务"), caller, default));
    }
}
