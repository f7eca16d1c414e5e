using Club.Desk.Words;
using Club.Members;

namespace Club.Desk.Rooms.Today;

/// <summary>What the room of the day says.</summary>
public static class TodayWords
{
    public static readonly Said Today = new("Today", "今日工作");
    public static readonly Said Dealer = new("Dealer", "经销商");
    public static readonly Said Find = new("Show", "查询");
    public static readonly Said Nothing = new("Nothing is left to do today.", "今日没有待办事项。");
    public static readonly Said More = new("There are more.", "还有更多。");
    public static readonly Said Due = new("until {0}", "截止{0}");
    public static readonly Said Overdue = new("overdue since {0}", "{0}已逾期");
    public static readonly Said Done = new("Done today", "今日已办");
    public static readonly Said NothingDone = new("Nothing was done yet.", "今日尚无办理记录。");
    public static readonly Said AtLeast = new("More was done than is counted here.", "今日办理较多，以上仅为最近部分。");
    public static readonly Said Times = new("× {0}", "{0}次");

    /// <summary>A section, by the name that its feature gives it.</summary>
    public static Said Section(string name) => name switch
    {
        "complaints" => new("Complaints to answer", "待处理投诉"),
        "adjustments" => new("Corrections to approve", "待审批积分调整"),
        "budgets" => new("Dealers' budgets to decide", "待审批经销商预算"),
        "activityBudgets" => new("Activities' budgets to decide", "待审批活动预算"),
        "doubts" => new("Bills in doubt", "待核查账单"),
        "subscriptions" => new("Events that go out no more", "已停用的事件推送"),
        "applications" => new("Applications to decide", "待审批入会申请"),
        "calls" => new("Members to call", "待致电会员"),
        "maintenance" => new("Maintenance due", "待保养会员"),
        "activities" => new("Activities of today", "今日活动"),
        "orders" => new("Gifts to confirm and hand out", "待确认与发放礼品"),
        "referrals" => new("Reported buyers to follow up", "待跟进转介绍"),
        "repurchases" => new("Owners to ask for another vehicle", "待跟进重购客户"),
        "churn" => new("Lost members to win back", "流失待挽回会员"),
        "birthdays" => new("Birthdays", "今日生日"),
        _ => new(name, name),
    };

    /// <summary>Where the whole list is; null where there is none.</summary>
    public static string? RoomOf(string name) => name switch
    {
        "complaints" or "doubts" or "applications" or "orders" or "referrals" or "calls" or "activities" or "subscriptions" => name,
        "churn" => "value",
        "budgets" => "dealers/waiting",
        "activityBudgets" => "activities",
        "repurchases" => "referrals/repurchases",
        _ => null,
    };

    public static Said Of(NextStep next) => next switch
    {
        NextStep.Answer => new("answer", "答复"),
        NextStep.Decide => new("decide", "审批"),
        NextStep.HandOut => new("hand out", "交付"),
        NextStep.Ship => new("make ready", "备货或发货"),
        NextStep.Call => new("call", "致电"),
        NextStep.Congratulate => new("congratulate", "祝贺"),
        NextStep.FollowUp => new("follow up", "跟进"),
        NextStep.CheckIn => new("check in", "签到"),
        _ => new("look at it", "核查"),
    };
}
