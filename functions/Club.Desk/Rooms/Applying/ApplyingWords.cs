using Club.Desk.Words;
using Club.Joining;

namespace Club.Desk.Rooms.Applying;

/// <summary>What the room of applications says.</summary>
public static class ApplyingWords
{
    public static readonly Said Applications = new("Applications", "申请");
    public static readonly Said Propose = new("Propose a member", "提交入会申请");
    public static readonly Said State = new("State", "状态");
    public static readonly Said Every = new("all", "全部");
    public static readonly Said Dealer = new("Dealer", "经销商");
    public static readonly Said Headquarters = new("headquarters", "总部");
    public static readonly Said Find = new("Show", "查询");
    public static readonly Said NobodyWaits = new("Nobody waits. Whoever is proposed appears here until it is decided.", "没有待审批的申请。新的申请会显示在这里，直到审批完成。");
    public static readonly Said Nobody = new("No application is in this state.", "没有该状态的申请。");
    public static readonly Said Applicant = new("Applicant", "申请人");
    public static readonly Said Gone = new("(what she told is gone)", "（资料已清除）");
    public static readonly Said Decision = new("Decision", "审批");
    public static readonly Said Applied = new("Proposed", "提交时间");
    public static readonly Said LapsesOn = new("lapses on {0}", "{0}自动失效");
    public static readonly Said By = new("by {0}", "操作人：{0}");
    public static readonly Said Approve = new("Approve", "批准");
    public static readonly Said ApproveOf = new("Approve {0}", "批准{0}");
    public static readonly Said Refuse = new("Refuse…", "拒绝…");
    public static readonly Said RefuseNow = new("Refuse", "拒绝");
    public static readonly Said RefuseOf = new("Refuse {0}", "拒绝{0}");
    public static readonly Said ProposedNow = new("It waits for a decision.", "申请已提交，等待审批。");
    public static readonly Said ApprovedNow = new("She is a member.", "已批准入会。");
    public static readonly Said RefusedNow = new("The application was refused; what she told is gone.", "申请已拒绝，其资料已清除。");
    public static readonly Said Name = new("Name", "姓名");
    public static readonly Said Phone = new("Phone", "手机号");
    public static readonly Said Birthday = new("Birthday", "生日");
    public static readonly Said City = new("City", "城市");
    public static readonly Said Hobbies = new("Hobbies", "爱好");
    public static readonly Said HobbiesHint = new("with commas between", "用顿号或逗号分隔");
    public static readonly Said Note = new("Note", "备注");
    public static readonly Said NoteHint = new("for who decides", "供审批人参考");
    public static readonly Said Send = new("Propose", "提交");

    public static Said Of(ApplicationState state) => state switch
    {
        ApplicationState.Applied => new("waits", "待审批"),
        ApplicationState.Approved => new("approved", "已批准"),
        ApplicationState.Refused => new("refused", "已拒绝"),
        ApplicationState.Lapsed => new("lapsed", "已失效"),
        _ => new($"{state}", $"{state}"),
    };
}
