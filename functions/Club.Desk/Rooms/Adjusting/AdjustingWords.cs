using Club.Desk.Words;
using Club.Spending;

namespace Club.Desk.Rooms.Adjusting;

/// <summary>What the room of corrections says.</summary>
public static class AdjustingWords
{
    public static readonly Said Adjustments = new("Corrections", "积分调整");
    public static readonly Said State = new("State", "状态");
    public static readonly Said Every = new("all", "全部");
    public static readonly Said Find = new("Show", "查询");
    public static readonly Said NothingWaits = new("Nothing waits for a second person.", "没有待审批的积分调整。");
    public static readonly Said None = new("No correction is in this state.", "没有该状态的积分调整。");
    public static readonly Said Member = new("Member", "会员");
    public static readonly Said Points = new("Points", "积分");
    public static readonly Said Decision = new("Decision", "审批");
    public static readonly Said Asked = new("Asked for", "申请时间");
    public static readonly Said By = new("by {0}", "操作人：{0}");
    public static readonly Said Approve = new("Approve", "批准");
    public static readonly Said ApproveOf = new("Approve {0} for {1}", "批准{1}的{0}分");
    public static readonly Said Refuse = new("Refuse…", "驳回…");
    public static readonly Said RefuseNow = new("Refuse", "驳回");
    public static readonly Said RefuseOf = new("Refuse {0} for {1}", "驳回{1}的{0}分");
    public static readonly Said ApprovedNow = new("The points are booked.", "积分已入账。");
    public static readonly Said RefusedNow = new("The correction was refused.", "积分调整已驳回。");

    public static Said Of(AdjustmentState state) => state switch
    {
        AdjustmentState.AwaitingApproval => new("waits", "待审批"),
        AdjustmentState.Booked => new("booked", "已入账"),
        AdjustmentState.Refused => new("refused", "已驳回"),
        _ => new($"{state}", $"{state}"),
    };
}
