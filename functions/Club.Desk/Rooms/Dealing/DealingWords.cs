using Club.Dealers;
using Club.Desk.Words;
using Club.Reports;

namespace Club.Desk.Rooms.Dealing;

/// <summary>What the room of dealers says.</summary>
public static class DealingWords
{
    public static readonly Said Dealers = new("Dealers", "经销商");
    public static readonly Said Pages = new("Pages", "页面");
    public static readonly Said Leaderboard = new("Leaderboard", "排行榜");
    public static readonly Said Waiting = new("Budgets that wait", "待审批预算");
    public static readonly Said Month = new("Month", "月份");
    public static readonly Said Region = new("Region", "区域");
    public static readonly Said Every = new("All", "全部");
    public static readonly Said By = new("Ranked by", "排序");
    public static readonly Said Find = new("Show", "查询");
    public static readonly Said Rank = new("Rank", "名次");
    public static readonly Said Dealer = new("Dealer", "经销商");
    public static readonly Said Joined = new("Joined", "新增会员");
    public static readonly Said Members = new("Members", "会员数");
    public static readonly Said Growth = new("Growth", "净增");
    public static readonly Said Points = new("Points given", "发放积分");
    public static readonly Said Redeemed = new("Points spent", "兑换积分");
    public static readonly Said Active = new("Active", "活跃会员");
    public static readonly Said Lost = new("Lost", "流失会员");
    public static readonly Said Nobody = new("No dealer has a branch here.", "没有分会。");
    public static readonly Said Note = new("As the reports have counted: members and growth by the end of the month or by now; active and lost as of today.",
        "按报表统计：会员数与净增截至月末或当前；活跃与流失为今日数据。");
    public static readonly Said State = new("State", "状态");
    public static readonly Said Branch = new("Branch of the club", "车友会分会");
    public static readonly Said City = new("City", "城市");
    public static readonly Said At = new("Address", "地址");
    public static readonly Said Phone = new("Phone", "电话");
    public static readonly Said Can = new("Capabilities", "服务能力");
    public static readonly Said Opened = new("Opened", "开业日期");
    public static readonly Said Closed = new("Closed from", "关闭日期");
    public static readonly Said Into = new("Members go to", "会员转入");
    public static readonly Said Headquarters = new("headquarters", "总部");
    public static readonly Said Moving = new("Members are being moved.", "会员正在转出。");
    public static readonly Said Budgets = new("Budgets", "月度预算");
    public static readonly Said NoBudgets = new("No budget was asked for.", "没有预算申请。");
    public static readonly Said NothingWaits = new("No budget waits for a decision.", "没有待审批的预算。");
    public static readonly Said Asked = new("Asked for", "申请金额");
    public static readonly Said Approved = new("Approved", "批准金额");
    public static readonly Said Spent = new("Spent", "已使用");
    public static readonly Said Purpose = new("For", "用途");
    public static readonly Said Decision = new("Decision", "审批");
    public static readonly Said When = new("Asked", "申请时间");
    public static readonly Said Who = new("by {0}", "操作人：{0}");
    public static readonly Said Ask = new("Ask for a budget", "申请预算");
    public static readonly Said Amount = new("Amount of the whole month, CNY", "当月总额（元）");
    public static readonly Said Send = new("Ask", "提交申请");
    public static readonly Said Approve = new("Approve", "批准");
    public static readonly Said ApproveOf = new("Approve {0} for {1}", "批准{1}的{0}");
    public static readonly Said Refuse = new("Refuse…", "驳回…");
    public static readonly Said RefuseNow = new("Refuse", "驳回");
    public static readonly Said RefuseOf = new("Refuse {0} for {1}", "驳回{1}的{0}");
    public static readonly Said AskedNow = new("Asked for. Another person decides.", "已提交，等待审批。");
    public static readonly Said ApprovedNow = new("The budget is approved.", "预算已批准。");
    public static readonly Said RefusedNow = new("The budget was refused.", "预算已驳回。");

    public static Said? Done(string? word) => word switch
    {
        "asked" => AskedNow,
        "approved" => ApprovedNow,
        "refused" => RefusedNow,
        _ => null,
    };

    public static Said Of(DealerState state) => state switch
    {
        DealerState.Planned => new("opens soon", "筹建"),
        DealerState.Open => new("open", "营业"),
        DealerState.Closing => new("closes soon", "待关闭"),
        _ => new("closed", "已关闭"),
    };

    public static Said Of(BudgetState state) => state switch
    {
        BudgetState.AwaitingApproval => new("waits", "待审批"),
        BudgetState.Approved => new("approved", "已批准"),
        _ => new("refused", "已驳回"),
    };

    public static readonly Said Visits = new("Visits", "到店");

    public static Said Of(LeaderBy by) => by switch
    {
        LeaderBy.Members => Members,
        LeaderBy.Active => Active,
        LeaderBy.Points => Points,
        LeaderBy.Visits => Visits,
        _ => Joined,
    };

    public static Said Of(Capability capability) => capability switch
    {
        Capability.Sales => new("sales", "销售"),
        Capability.FullAfterSales => new("full after-sales", "全功能售后"),
        Capability.BodyAndPaint => new("body and paint", "钣喷"),
        Capability.Rescue => new("rescue", "救援"),
        Capability.Charging => new("charging", "充电"),
        _ => new("used vehicles", "二手车"),
    };
}
