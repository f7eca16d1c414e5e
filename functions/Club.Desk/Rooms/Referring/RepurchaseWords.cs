using Club.Desk.Words;
using Club.Referrals;

namespace Club.Desk.Rooms.Referring;

/// <summary>What the pages of repurchases say.</summary>
public static class RepurchaseWords
{
    public static readonly Said Repurchases = new("Owners to ask for another vehicle", "重购跟进");
    public static readonly Said Repurchase = new("Ask for another vehicle", "重购跟进");
    public static readonly Said Tab = new("Repurchases", "重购");
    public static readonly Said Kinds = new("Referrals and repurchases", "转介绍与重购");
    public static readonly Said Nobody = new("Nobody is to be asked.", "没有待跟进客户。");
    public static readonly Said Kept = new("It is kept.", "跟进已保存。");
    public static readonly Said Owner = new("Owner", "车主");
    public static readonly Said Elsewhere = new("another branch's", "非本店会员");
    public static readonly Said Vehicle = new("Vehicle", "现有车辆");
    public static readonly Said Months = new("{0} months old", "车龄{0}个月");
    public static readonly Said Class = new("Class", "价值分级");
    public static readonly Said Since = new("Since", "开始日期");
    public static readonly Said Next = new("Ask next", "下次跟进");
    public static readonly Said NextHint = new("Without it, as many days later as the rule book says.", "不填则按规则间隔天数。");
    public static readonly Said Last = new("Last note", "最近跟进");
    public static readonly Said MayNotCall = new("not to be called", "不可致电");
    public static readonly Said Asked = new("Asked in twelve months", "近12个月跟进");
    public static readonly Said Won = new("Bought", "已成交");
    public static readonly Said Rate = new("Share", "成交率");
    public static readonly Said Steps = new("What came of it so far", "跟进记录");
    public static readonly Said NoSteps = new("Not asked yet.", "尚未跟进。");
    public static readonly Said Note = new("What she said", "跟进内容");
    public static readonly Said Result = new("Result", "结果");
    public static readonly Said GoesOn = new("ask again", "继续跟进");
    public static readonly Said IsLost = new("does not want one", "战败");
    public static readonly Said Save = new("Keep it", "保存跟进");

    public static Said Of(RepurchaseState state) => state switch
    {
        RepurchaseState.Open => new("open", "跟进中"),
        RepurchaseState.Won => new("bought", "已成交"),
        RepurchaseState.Lost => new("lost", "已战败"),
        _ => new("lapsed", "已过期"),
    };

    public static Said Why(string reason) => reason switch
    {
        RepurchaseRules.Told => new("does not want one", "客户无意向"),
        RepurchaseRules.Left => new("left the club", "已退会"),
        RepurchaseRules.Vehicle => new("the vehicle is not hers any more", "车辆已不在名下"),
        RepurchaseRules.Returned => new("what she bought went back", "已退车"),
        _ => new(reason, reason),
    };
}
