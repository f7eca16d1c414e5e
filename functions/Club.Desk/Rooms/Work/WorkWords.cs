using Club.Desk.Words;
using Club.Transactions;

namespace Club.Desk.Rooms.Work;

/// <summary>What the room of waiting work says.</summary>
public static class WorkWords
{
    public static readonly Said Work = new("Work waiting", "待办");
    public static readonly Said Pages = new("Kinds of work", "待办类型");
    public static readonly Said Rejections = new("Rejections", "拒收记录");
    public static readonly Said Parked = new("Parked", "暂存");
    public static readonly Said Disputes = new("Disputes", "争议");
    public static readonly Said NoRejections = new("Nothing was refused. Messages that cannot be booked appear here with their reason.",
        "没有被拒收的消息。无法入账的消息会连同原因显示在这里。");
    public static readonly Said NoParked = new("Nothing waits. Bills of customers who are not members yet appear here.",
        "没有暂存的交易。尚未入会客户的交易会显示在这里。");
    public static readonly Said NoDisputes = new("Nothing is in dispute.", "没有争议。");
    public static readonly Said Received = new("Received", "收到时间");
    public static readonly Said Why = new("Why", "原因");
    public static readonly Said Message = new("Message", "消息");
    public static readonly Said SentWith = new("Key", "密钥");
    public static readonly Said Until = new("Kept until", "保留至");
    public static readonly Said Lapsed = new("text lapsed", "内容已清除");
    public static readonly Said Action = new("Action", "操作");
    public static readonly Said Replay = new("Replay", "重新处理");
    public static readonly Said ReplayOf = new("Replay {0}", "重新处理{0}");
    public static readonly Said Approve = new("Approve", "批准");
    public static readonly Said ApproveOf = new("Approve {0}", "批准{0}");
    public static readonly Said ApprovedBy = new("approved by {0}: {1}", "{0}已批准：{1}");
    public static readonly Said ReadAs = new("Read it as", "理解为");
    public static readonly Said AsItIs = new("what the club reads", "由系统识别");
    public static readonly Said Refusal = new("refusal of messages", "退订");
    public static readonly Said Consent = new("consent", "同意接收");
    public static readonly Said Nothing = new("nothing", "无意义");
    public static readonly Said HiddenReason = new("The reason is not shown to your role, since it may quote what names a person.",
        "原因可能包含个人信息，您的角色不可查看。");
    public static readonly Said Happened = new("Happened", "发生时间");
    public static readonly Said WaitsFor = new("Waits for", "等待");
    public static readonly Said InDispute = new("until the dispute is settled", "待争议裁定");
    public static readonly Said Subject = new("What", "争议内容");
    public static readonly Said Since = new("since {0}", "自{0}起");
    public static readonly Said ParkedThere = new("{0} bills wait for the decision", "{0}笔交易等待裁定");
    public static readonly Said Whose = new("Whose is it?", "归谁所有？");
    public static readonly Said FirstNamed = new("named it first", "最先登记");
    public static readonly Said SamePerson = new("They are one person: merge the others into this member", "是同一人：将其他会员合并到该会员");
    public static readonly Said Settle = new("Decide", "裁定");
    public static readonly Said NeedsChoice = new("Choose whose it is, and say why.", "请选择归属并说明原因。");
    public static readonly Said NeedsReason = new("Say why.", "请说明原因。");
    public static readonly Said DeadLetters = new("Dead letters", "死信");
    public static readonly Said NoDeadLetters = new("Nothing was given up. Messages that failed at every delivery appear here with the last reason.",
        "没有死信。每次投递都失败的消息会连同最后的原因显示在这里。");
    public static readonly Said AboutDeadLetters = new("Once the cause is gone, send them again: what was handled before is not handled twice.",
        "原因消除后请重新发送；已处理过的消息不会重复处理。");
    public static readonly Said Queue = new("Queue", "队列");
    public static readonly Said Died = new("Given up", "放弃时间");
    public static readonly Said Deliveries = new("{0} deliveries", "投递{0}次");
    public static readonly Said Unreadable = new("cannot be read", "无法读取");
    public static readonly Said Content = new("Content", "内容");
    public static readonly Said Drop = new("Drop…", "丢弃…");
    public static readonly Said DropNow = new("Drop for good", "确认丢弃");
    public static readonly Said DroppedNow = new("It was dropped.", "已丢弃。");
    public static readonly Said Resend = new("Send again", "重新发送");
    public static readonly Said ResendOf = new("Send {0} again", "重新发送{0}");
    public static readonly Said Resent = new("It was sent again. Should it fail as before, it comes back here.", "已重新发送。如再次失败，会重新显示在这里。");
    public static readonly Said Settled = new("The dispute is settled.", "争议已裁定。");

    /// <summary>What became of a message that was handled again.</summary>
    public static readonly IReadOnlyDictionary<string, Said> Fates = new Dictionary<string, Said>
    {
        ["booked"] = new("It was booked.", "已入账。"),
        ["duplicate"] = new("It had been booked before; nothing changed.", "此前已入账，没有变化。"),
        ["answered"] = new("It was answered.", "已答复。"),
        ["parked"] = new("Its customer is not known yet: it is parked.", "客户尚未入会，已暂存。"),
        ["taken"] = new("The reply was taken.", "已处理该回复。"),
        ["settled"] = Settled,
        ["sent"] = Resent,
    };

    /// <summary>Codes of refusals in a few words; whoever sent the message is told the whole sentence.</summary>
    private static readonly Dictionary<string, Said> Codes = new()
    {
        ["unknown-dealer"] = new("Unknown dealer", "未知经销商"),
        ["phone-invalid"] = new("No such phone", "手机号无效"),
        ["vin-invalid"] = new("No such VIN", "VIN无效"),
        ["unknown-type"] = new("Unknown type", "未知消息类型"),
        ["unknown-original"] = new("Its transaction is not known", "找不到原交易"),
        ["unknown-member"] = new("Unknown member", "未知会员"),
        ["foreign-source"] = new("Key of another source", "密钥与来源不符"),
        ["different-content"] = new("Came before with other content", "同一编号内容不同"),
        ["missing-data"] = new("Something is missing", "缺少数据"),
        ["invalid-data"] = new("Something is wrong", "数据有误"),
        ["sms-reply-unread"] = new("A reply nobody can read", "无法识别的短信回复"),
        ["sms-reply-stranger"] = new("A reply of a stranger", "陌生号码的短信回复"),
        [Problems.AwaitsApproval] = new("Waits for approval", "待审批"),
    };

    /// <summary>A code without words of its own is shown as it is.</summary>
    public static Said OfCode(string code) => Codes.TryGetValue(code, out var said) ? said : new Said(code, code);

    public static Said OfIdentity(string kind) => kind switch
    {
        "phone" => new("phone", "手机号"),
        "vin" => new("VIN", "VIN"),
        "card" => new("card", "会员卡号"),
        "openId" => new("OpenID", "OpenID"),
        "reversal" => new("its sale", "原交易"),
        "confirmation" => new("its sale", "原交易"),
        _ => new(kind, kind),
    };

    public static IEnumerable<Said> AllCodes => Codes.Values;
}
