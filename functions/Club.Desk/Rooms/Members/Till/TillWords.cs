using Club.Desk.Words;
using Club.Spending;

namespace Club.Desk.Rooms.Members.Till;

/// <summary>What is said where points are spent.</summary>
public static class TillWords
{
    public static readonly Said Spend = new("Spend", "兑换");
    public static readonly Said Bill = new("Pay a bill with points", "积分抵扣账单");
    public static readonly Said Amount = new("Amount of the bill, CNY", "账单金额（元）");
    public static readonly Said Dealer = new("Dealer", "经销商");
    public static readonly Said Choose = new("Choose a dealer", "请选择经销商");
    public static readonly Said Wallet = new("Wallet", "钱包");
    public static readonly Said Ask = new("What may it cost?", "询价");
    public static readonly Said Offer = new("{0} to {1} points in steps of {2}; one pays for {3}", "{0}至{1}分，步长{2}分，每分抵{3}");
    public static readonly Said Points = new("Points", "积分");
    public static readonly Said Cash = new("Cash", "现金");
    public static readonly Said Slide = new("Points and cash", "积分与现金");
    public static readonly Said Reference = new("Number of the bill", "账单号");
    public static readonly Said Hold = new("Hold", "冻结");
    public static readonly Said SpendNow = new("Spend now", "立即兑换");
    public static readonly Said Cannot = new("She cannot have it now.", "目前不能兑换。");
    public static readonly Said Missing = new("{0} points are missing.", "还差{0}分。");
    public static readonly Said AffordableOn = new("At her pace she can have it on {0}.", "按她目前的速度，预计{0}可兑换。");
    public static readonly Said Redemptions = new("What she spent", "兑换记录");
    public static readonly Said None = new("Nothing was spent yet.", "暂无兑换记录。");
    public static readonly Said For = new("For", "用途");
    public static readonly Said State = new("State", "状态");
    public static readonly Said Cost = new("Cost", "成本");
    public static readonly Said Lots = new("Lots that paid", "所用批次");
    public static readonly Said Lot = new("{0} of {1}", "{1}的{0}分");
    public static readonly Said Owed = new("{0} before they are earned", "透支{0}分");
    public static readonly Said Confirm = new("Confirm", "确认");
    public static readonly Said Cancel = new("Let go", "取消");
    public static readonly Said Refund = new("Give back", "退还");
    public static readonly Said Until = new("until {0}", "至{0}");
    public static readonly Said Held = new("The points are held.", "积分已冻结。");
    public static readonly Said Spent = new("The points are spent.", "积分已兑换。");
    public static readonly Said LetGo = new("The hold was let go.", "冻结已取消。");
    public static readonly Said GivenBack = new("The points were given back.", "积分已退还。");
    public static readonly Said Voucher = new("Use a voucher", "核销礼券");
    public static readonly Said Code = new("Code of the voucher", "礼券码");
    public static readonly Said VoucherUsed = new("The voucher is used.", "礼券已核销。");
    public static readonly Said NotSpendable = new("The rule book lets nobody spend points.", "本规则未开放积分兑换。");
    public static readonly Said Correct = new("Correct points", "调整积分");
    public static readonly Said CorrectHint = new("below zero for what is taken", "扣减请填负数");
    public static readonly Said Issuer = new("Whose points", "所属经销商");
    public static readonly Said NobodysOwn = new("as the wallet has it", "按钱包规则");
    public static readonly Said CorrectNow = new("Book", "提交调整");
    public static readonly Said Corrected = new("The points are corrected.", "积分已调整。");
    public static readonly Said Awaiting = new("It waits for a second person.", "已提交，等待他人审批。");

    public static Said StateOf(RedemptionState state) => state switch
    {
        RedemptionState.Held => new("held", "冻结"),
        RedemptionState.Confirmed => new("spent", "已兑换"),
        RedemptionState.Cancelled => new("let go", "已取消"),
        RedemptionState.Lapsed => new("over", "已过期"),
        RedemptionState.Refunded => new("given back", "已退还"),
        _ => new(state.ToString(), state.ToString()),
    };

    public static Said? DoneOf(string? done) => done switch
    {
        "held" => Held, "spent" => Spent, "cancelled" => LetGo, "refunded" => GivenBack, "voucher" => VoucherUsed,
        "corrected" => Corrected, "awaiting" => Awaiting, _ => null,
    };
}
