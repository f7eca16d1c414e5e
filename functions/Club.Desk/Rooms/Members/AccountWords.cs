using Club.Desk.Words;
using Club.Ledger;
using Club.Programmes;

namespace Club.Desk.Rooms.Members;

/// <summary>What is said of points, tiers and lots.</summary>
public static class AccountWords
{
    public static readonly Said HerClass = new("Value and loyalty", "价值与忠诚");
    public static readonly Said Maintenance = new("Maintenance due", "保养到期");
    public static readonly Said NoVisit = new("She was not here yet.", "尚无到店记录。");
    public static readonly Said Account = new("Account", "积分账户");
    public static readonly Said Available = new("Available", "可用");
    public static readonly Said Pending = new("Pending", "待生效");
    public static readonly Said Held = new("Held", "冻结");
    public static readonly Said LapseNext = new("{0} lapse on {1}", "{0}分将于{1}失效");
    public static readonly Said NothingLapses = new("Nothing lapses.", "没有即将失效的积分。");
    public static readonly Said Since = new("since {0}", "自{0}起");
    public static readonly Said Until = new("until {0}", "有效至{0}");
    public static readonly Said Grace = new("kept in grace until {0}", "宽限期至{0}");
    public static readonly Said Granted = new("Given by {0} until {1}: {2}", "由{0}授予，至{1}：{2}");
    public static readonly Said ProgressTo = new("On the way to {0}", "距离{0}");
    public static readonly Said HaveOf = new("{0} of {1}", "{0} / {1}");
    public static readonly Said Missing = new("{0} missing", "还差{0}");
    public static readonly Said Met = new("met", "已达到");
    public static readonly Said Window = new("in {0} months", "{0}个月内");
    public static readonly Said Alone = new("suffices alone", "满足此项即可");
    public static readonly Said TopTier = new("The highest tier is held.", "已是最高等级。");
    public static readonly Said Lots = new("Lots", "积分批次");
    public static readonly Said LotsNote = new("In the order in which they are spent.", "按使用顺序排列。");
    public static readonly Said MoreLots = new("{0} more", "另外{0}批");
    public static readonly Said NoLots = new("There are no points.", "没有积分。");
    public static readonly Said Wallet = new("Wallet", "钱包");
    public static readonly Said Points = new("Points", "积分");
    public static readonly Said Earned = new("Earned", "获得日期");
    public static readonly Said Lapses = new("Lapses", "失效日期");
    public static readonly Said Never = new("never", "永久有效");
    public static readonly Said From = new("Spendable from", "可用日期");
    public static readonly Said AwaitsEvent = new("awaits {0}", "等待{0}");
    public static readonly Said Debt = new("Debt", "欠分");
    public static readonly Said Payers = new("Paid by", "出资方");
    public static readonly Said LapseByMonth = new("What lapses when", "各月失效积分");
    public static readonly Said Month = new("Month", "月份");
    public static readonly Said When = new("When", "时间");
    public static readonly Said What = new("What", "类型");
    public static readonly Said Source = new("Source", "来源");
    public static readonly Said Balance = new("Balance", "余额");
    public static readonly Said Version = new("Version", "版本");
    public static readonly Said Why = new("Why", "说明");
    public static readonly Said Nearly = new("Rules that nearly matched", "差一点满足的规则");
    public static readonly Said NoEntries = new("Nothing has been booked yet.", "暂无分录。");

    public static Said KindOf(EntryKind kind) => kind switch
    {
        EntryKind.Accrual => new("Accrual", "累积"),
        EntryKind.Reversal => new("Clawback", "扣回"),
        EntryKind.Expiry => new("Lapsed", "失效"),
        EntryKind.Release => new("Released", "生效"),
        EntryKind.Redemption => new("Spent", "兑换"),
        EntryKind.Refund => new("Given back", "退还"),
        EntryKind.TransferOut => new("Given away", "转出"),
        EntryKind.TransferIn => new("Received", "转入"),
        EntryKind.Donation => new("Donated", "捐赠"),
        EntryKind.ExchangeOut => new("Exchanged out", "换出"),
        EntryKind.ExchangeIn => new("Exchanged in", "换入"),
        EntryKind.Adjustment => new("Adjusted", "调整"),
        _ => new(kind.ToString(), kind.ToString()),
    };

    public static Said MetricOf(Metric metric) => metric switch
    {
        Metric.Points => new("points", "积分"),
        Metric.Spend => new("spend", "消费"),
        Metric.Count => new("times", "次数"),
        _ => new(metric.ToString(), metric.ToString()),
    };
}
