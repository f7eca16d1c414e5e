using Club.Desk.Words;
using Club.Outgoing;

namespace Club.Desk.Rooms.Telling;

/// <summary>What the room of events that go out says.</summary>
public static class TellingWords
{
    public static readonly Said Subscriptions = new("Events out", "事件推送");
    public static readonly Said None = new("Nobody is told of events.", "没有订阅。");
    public static readonly Said Subscription = new("Subscription", "订阅");
    public static readonly Said Url = new("Address", "地址");
    public static readonly Said Types = new("Events", "事件类型");
    public static readonly Said TypesHint = new("one or more, such as club.points.*, club.member.merged", "可填多个，例如 club.points.*、club.member.merged");
    public static readonly Said State = new("State", "状态");
    public static readonly Said Name = new("Name", "名称");
    public static readonly Said New = new("New subscription", "新增订阅");
    public static readonly Said Change = new("Change", "修改");
    public static readonly Said Save = new("Save", "保存");
    public static readonly Said Made = new("Made", "创建时间");
    public static readonly Said Changed = new("Changed", "修改时间");
    public static readonly Said Who = new("by {0}", "操作人：{0}");
    public static readonly Said Secret = new("The secret is shown this once: {0}", "密钥仅显示这一次：{0}");
    public static readonly Said Signs = new("Secrets that sign", "有效密钥数");
    public static readonly Said Failing = new("Nothing taken since", "持续失败自");
    public static readonly Said Paused = new("Rests until", "暂停至");
    public static readonly Said Replaying = new("Being sent, from", "正在推送，起始");
    public static readonly Said Disabled = new("Disabled", "停用时间");
    public static readonly Said Enable = new("Enable", "启用");
    public static readonly Said Disable = new("Disable", "停用");
    public static readonly Said Test = new("Send a test", "发送测试");
    public static readonly Said Rotate = new("New secret", "更换密钥");
    public static readonly Said RotateSure = new("The secret of now signs beside the new one for a day.", "当前密钥将与新密钥并行签名一天。");
    public static readonly Said Delete = new("Delete…", "删除…");
    public static readonly Said DeleteNow = new("Delete with all that waits", "删除订阅及待推送事件");
    public static readonly Said Replay = new("Send again from", "重新推送，起始时间");
    public static readonly Said ReplayHint = new("such as 2026-03-02T00:00:00+08:00", "例如 2026-03-02T00:00:00+08:00");
    public static readonly Said Acts = new("What to do", "操作");
    public static readonly Said Deliveries = new("Deliveries", "推送记录");
    public static readonly Said All = new("All attempts", "全部记录");
    public static readonly Said NoDeliveries = new("Nothing here.", "没有记录。");
    public static readonly Said Event = new("Event", "事件");
    public static readonly Said Member = new("Member", "会员");
    public static readonly Said Answer = new("Answer", "应答");
    public static readonly Said Attempt = new("Attempt", "次数");
    public static readonly Said At = new("At", "时间");
    public static readonly Said Next = new("again {0}", "下次：{0}");
    public static readonly Said Behind = new("{0} more wait behind it", "其后还有{0}个");
    public static readonly Said Resend = new("Send again", "重新推送");
    public static readonly Said ResendOf = new("Send event {0} again", "重新推送事件{0}");
    public static readonly Said NoAnswer = new("no answer", "无应答");

    public static Said? Done(string? word) => word switch
    {
        "saved" => new("Saved.", "已保存。"),
        "deleted" => new("The subscription is deleted.", "订阅已删除。"),
        "enable" => new("Events go out again.", "已启用。"),
        "disable" => new("Nothing goes out until it is enabled.", "已停用。"),
        "replay" => new("Events are being sent again.", "正在重新推送。"),
        "resent" => new("The event waits to be sent.", "事件已重新排队。"),
        "taken" => new("The receiver took the test.", "测试成功。"),
        "failed" => new("The receiver did not take the test.", "测试失败。"),
        _ => null,
    };

    public static Said Of(SubscriptionState state, DisabledWhy? why) => (state, why) switch
    {
        (SubscriptionState.Enabled, _) => new("enabled", "启用"),
        (_, DisabledWhy.Gone) => new("disabled: the receiver is gone", "已停用：接收方已下线"),
        (_, DisabledWhy.Failing) => new("disabled: nothing taken for three days", "已停用：连续三天失败"),
        _ => new("disabled", "已停用"),
    };

    public static Said Of(DeliveryState state) => state switch
    {
        DeliveryState.Taken => new("taken", "成功"),
        DeliveryState.Failed => new("failed", "失败"),
        DeliveryState.Waiting => new("waiting", "待重试"),
        _ => new("given up", "已放弃"),
    };
}
