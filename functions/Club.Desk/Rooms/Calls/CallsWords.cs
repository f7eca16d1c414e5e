using Club.Care;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Calls;

/// <summary>What the room of calls says.</summary>
public static class CallsWords
{
    public static readonly Said Calls = new("Calls", "电话关怀");
    public static readonly Said Call = new("Call", "拨打电话");
    public static readonly Said State = new("State", "状态");
    public static readonly Said UpTo = new("Up to", "截至");
    public static readonly Said Dealer = new("Dealer", "经销商");
    public static readonly Said Advisor = new("Advisor", "服务顾问");
    public static readonly Said Mine = new("I take it on", "由我跟进");
    public static readonly Said Free = new("Give it back", "退回待认领");
    public static readonly Said Give = new("Give it to", "分派给");
    public static readonly Said Assign = new("Assign", "分派");
    public static readonly Said Given = new("The call is assigned.", "电话已分派。");
    public static readonly Said Find = new("Show", "查询");
    public static readonly Said Nobody = new("Nobody is to be called.", "没有待拨电话。");
    public static readonly Said Taken = new("The outcome is kept.", "结果已保存。");
    public static readonly Said Member = new("Member", "会员");
    public static readonly Said Phone = new("Phone", "手机号");
    public static readonly Said Occasion = new("Occasion", "时机");
    public static readonly Said On = new("Call on", "拨打日期");
    public static readonly Said Until = new("Until", "有效期至");
    public static readonly Said Last = new("Last outcome", "上次结果");
    public static readonly Said Elsewhere = new("another branch's", "非本店会员");
    public static readonly Said What = new("Outcome", "结果");
    public static readonly Said Note = new("Note", "备注");
    public static readonly Said Next = new("Call again on", "下次拨打");
    public static readonly Said NextHint = new("With reached and no answer only; without it, no answer means tomorrow.", "仅适用于已接通和无人接听；无人接听默认次日再拨。");
    public static readonly Said Save = new("Keep the outcome", "保存结果");
    public static readonly Said Steps = new("Calls so far", "拨打记录");
    public static readonly Said NoSteps = new("Not called yet.", "尚未拨打。");

    public static Said Of(CallState state) => state switch
    {
        CallState.Open => new("open", "待拨"),
        CallState.Done => new("done", "已完成"),
        CallState.Stopped => new("stopped", "已终止"),
        _ => new("lapsed", "已过期"),
    };

    public static Said Of(CallResult result) => result switch
    {
        CallResult.Reached => new("reached", "已接通"),
        CallResult.NoAnswer => new("no answer", "无人接听"),
        CallResult.WrongNumber => new("wrong number", "号码有误"),
        CallResult.DoNotCall => new("does not want calls", "拒绝来电"),
        _ => new("booked a visit", "已预约到店"),
    };
}
