using Club.Desk.Words;
using Club.Fraud;
using Club.Programmes;

namespace Club.Desk.Rooms.Doubting;

/// <summary>What the room of bills in doubt says.</summary>
public static class DoubtingWords
{
    public static readonly Said Doubts = new("Bills in doubt", "疑似假单");
    public static readonly Said State = new("State", "状态");
    public static readonly Said Every = new("all", "全部");
    public static readonly Said Dealer = new("Dealer", "经销商");
    public static readonly Said Find = new("Show", "查询");
    public static readonly Said Nothing = new("No bill is in doubt.", "没有待核查的账单。");
    public static readonly Said None = new("No bill is in this state.", "没有该状态的账单。");
    public static readonly Said Bill = new("Bill", "账单");
    public static readonly Said Member = new("Member", "会员");
    public static readonly Said Found = new("Found", "发现");
    public static readonly Said Decision = new("Decision", "处理");
    public static readonly Said When = new("Found on", "发现时间");
    public static readonly Said By = new("by {0}", "操作人：{0}");
    public static readonly Said Clear = new("Clear…", "排除…");
    public static readonly Said ClearNow = new("Clear", "排除嫌疑");
    public static readonly Said ClearOf = new("Clear bill {0}", "排除账单{0}的嫌疑");
    public static readonly Said Confirm = new("False…", "认定…");
    public static readonly Said ConfirmNow = new("It is false", "认定假单");
    public static readonly Said ConfirmOf = new("Find bill {0} false", "认定账单{0}为假单");
    public static readonly Said ClearedNow = new("The bill is cleared.", "嫌疑已排除。");
    public static readonly Said ConfirmedNow = new("The bill is false; its points were taken back.", "已认定假单，积分已扣回。");

    public static Said Of(SuspicionState state) => state switch
    {
        SuspicionState.Open => new("open", "待核查"),
        SuspicionState.Cleared => new("cleared", "已排除"),
        SuspicionState.Dropped => new("dropped", "已作罢"),
        _ => new("false", "已认定"),
    };

    public static Said Of(CheckSeverity severity) => severity switch
    {
        CheckSeverity.Note => new("booked", "已入账"),
        CheckSeverity.Hold => new("points wait", "积分冻结"),
        _ => new("refused", "未入账"),
    };

    public static Said Of(FindingView one) =>
        new(one.Text, CheckWords.Of(one, Kernel.Language.Chinese));
}
