using Club.Desk.Words;

namespace Club.Desk.Rooms.Members;

/// <summary>What is said of benefits and of messages.</summary>
public static class BenefitWords
{
    public static readonly Said Benefit = new("Benefit", "礼遇");
    public static readonly Said Period = new("Period", "周期");
    public static readonly Said Issued = new("Issued", "发放");
    public static readonly Said Carried = new("Carried over", "结转");
    public static readonly Said Used = new("Used", "已用");
    public static readonly Said Left = new("Left", "剩余");
    public static readonly Said Uncounted = new("not counted", "不限次数");
    public static readonly Said Use = new("Use one", "使用一次");
    public static readonly Said UseOf = new("Use one: {0}", "使用一次：{0}");
    public static readonly Said AtDealer = new("At dealer", "使用经销商");
    public static readonly Said None = new("This tier gives no benefits.", "该等级没有礼遇。");
    public static readonly Said Uses = new("Uses", "使用记录");
    public static readonly Said NoUses = new("None was used yet.", "尚未使用过。");
    public static readonly Said UsedAt = new("Used at", "使用时间");
    public static readonly Said TakenBack = new("taken back", "已撤销");
    public static readonly Said TakeBack = new("Take back", "撤销");
    public static readonly Said TakeBackOf = new("Take back: {0}", "撤销：{0}");
    public static readonly Said UsedNow = new("Used.", "已使用。");
    public static readonly Said UndoneNow = new("The use was taken back.", "已撤销该次使用。");
    public static readonly Said Action = new("Action", "操作");
    public static readonly Said Planned = new("Planned", "计划时间");
    public static readonly Said Sent = new("Sent", "发送时间");
    public static readonly Said Occasion = new("Occasion", "时机");
    public static readonly Said State = new("State", "状态");
    public static readonly Said Text = new("Text", "内容");
    public static readonly Said NoMessages = new("No messages.", "没有短信。");
    public static readonly Said TextMasked = new("not shown to your role", "您的角色不可查看内容");

    /// <summary>Why a message was not sent; in the provider's words why it failed.</summary>
    public static Said Why(string reason) => reason switch
    {
        "no-consent" => new("never agreed", "未同意接收短信"),
        "opted-out" => new("refused", "已退订短信"),
        "no-phone" => new("no phone", "无手机号"),
        "not-a-member" => new("no member any more", "已非会员"),
        "quiet-hours" => new("waits for the morning", "等待允许发送时段"),
        "too-late" => new("too late", "已过发送期限"),
        "over" => new("it has ended", "事由已结束"),
        "told-before" => new("told before", "已发送过"),
        "call" => new("to be called", "改为致电"),
        "mail" => new("to be written to", "改为邮寄"),
        "sms-body" or "sms-signature" or "sms-too-long" => new("it could not be composed", "短信内容无法生成"),
        _ => new(reason, reason),
    };

    public static Said StateOf(Messaging.SmsState state) => state switch
    {
        Messaging.SmsState.Planned => new("planned", "待发送"),
        Messaging.SmsState.Sent => new("sent", "已发送"),
        Messaging.SmsState.Delivered => new("delivered", "已送达"),
        Messaging.SmsState.Failed => new("failed", "失败"),
        Messaging.SmsState.Suppressed => new("suppressed", "未发送"),
        _ => new(state.ToString(), state.ToString()),
    };
}
