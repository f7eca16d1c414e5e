using Club.Desk.Words;
using Club.Value;

namespace Club.Desk.Rooms.Worth;

/// <summary>What the room of value and churn says.</summary>
public static class WorthWords
{
    public static readonly Said Worth = new("Value and churn", "价值与流失");
    public static readonly Said Matrix = new("Value matrix", "价值矩阵");
    public static readonly Said Churn = new("Churn list", "流失名单");
    public static readonly Said Pages = new("Pages of this room", "本栏页面");
    public static readonly Said Dealer = new("Dealer", "经销商");
    public static readonly Said Show = new("Show", "查询");
    public static readonly Said None = new("The rule book tells nobody apart: it has no section “value”.", "规则书未设“value”，未对客户分级。");
    public static readonly Said NotYours = new("This is another dealer’s.", "这是其他经销商的数据，您无权查看。");
    public static readonly Said NobodyLost = new("Nobody is lost.", "没有流失的会员。");
    public static readonly Said Note = new(
        "Spend is what these members spent in the months up to their last visit. The counts follow within the hour.",
        "消费为这些会员截至最近到店月份的期间消费。统计约一小时内更新。");
    public static readonly Said MembersByCell = new("Members by cell", "各分格会员数");
    public static readonly Said Cell = new("Cell", "分格");
    public static readonly Said Members = new("Members", "会员数");
    public static readonly Said Spend = new("Spend", "消费");
    public static readonly Said Strategy = new("What to do", "策略");
    public static readonly Said Month = new("Month", "月份");
    public static readonly Said Moved = new("Moves between cells in {0}", "{0}分格变动");
    public static readonly Said Moves = new("Moves between cells", "分格变动");
    public static readonly Said NobodyMoved = new("Nobody moved to another cell in {0}.", "{0}没有会员变动分格。");
    public static readonly Said MovedNote = new(
        "Each member once: from the cell in which she was when the month began to the one in which she was at its end, or is now.",
        "每位会员计一次：从月初所在分格到月末（或当前）所在分格。");
    public static readonly Said From = new("From", "原分格");
    public static readonly Said To = new("To", "现分格");
    public static readonly Said Trend = new("Direction", "方向");
    public static readonly Said Nowhere = new("none", "无");
    public static readonly Said Member = new("Member", "会员");
    public static readonly Said ValueClass = new("Value", "价值");
    public static readonly Said AnyValue = new("All", "全部");
    public static readonly Said LastVisit = new("Last visit", "最近到店");
    public static readonly Said ExpectedBy = new("Expected by", "应到店日");
    public static readonly Said Missed = new("{0} intervals ago", "已过{0}个间隔");
    public static readonly Said AtRisk = new("At risk", "风险价值");
    public static readonly Said Tried = new("Tried since", "已做尝试");
    public static readonly Said NothingTried = new("nothing yet", "尚无");
    public static readonly Said Phone = new("Phone", "手机号");

    public static Said TrendOf(Trend trend) => trend switch
    {
        Value.Trend.Up => new("better", "向好"),
        Value.Trend.Down => new("worse", "转差"),
        Value.Trend.Across => new("one better, one worse", "一升一降"),
        Value.Trend.Came => new("new", "新进"),
        _ => new("gone", "离开"),
    };

    public static Said StateOf(TriedView tried) => (tried.By, tried.State) switch
    {
        (TriedBy.Letter, "sent") => new("letter sent", "信件已寄"),
        (TriedBy.Letter, _) => new("letter came back", "信件退回"),
        (TriedBy.Call, "reached") => new("called: reached", "电话已接通"),
        (TriedBy.Call, "booked") => new("called: will come", "电话已预约"),
        (TriedBy.Call, "noAnswer") => new("called: no answer", "电话无人接听"),
        (TriedBy.Call, "wrongNumber") => new("called: wrong number", "电话号码有误"),
        (TriedBy.Call, _) => new("called: wants no calls", "电话拒绝来电"),
        (_, "planned") => new("planned", "待发送"),
        (_, "sent") => new("sent", "已发送"),
        (_, "delivered") => new("delivered", "已送达"),
        _ => new("failed", "失败"),
    };
}
