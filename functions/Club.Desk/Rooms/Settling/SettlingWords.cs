using Club.Desk.Words;
using Club.Partners;
using Club.Settlement;

namespace Club.Desk.Rooms.Settling;

/// <summary>What the room of settlement says.</summary>
public static class SettlingWords
{
    public static readonly Said Settlement = new("Settlement", "结算");
    public static readonly Said Pages = new("Pages of this room", "本栏页面");
    public static readonly Said Statements = new("Statements", "结算单");
    public static readonly Said Liability = new("Liability", "积分负债");
    public static readonly Said Statement = new("Statement", "结算单");
    public static readonly Said Entries = new("Entries behind the statement", "结算明细");
    public static readonly Said Month = new("Month", "月份");
    public static readonly Said Day = new("Day", "日期");
    public static readonly Said Find = new("Show", "查询");
    public static readonly Said Party = new("Party", "结算方");
    public static readonly Said Wallet = new("Wallet", "积分账户");
    public static readonly Said Opening = new("Opening", "期初");
    public static readonly Said Closing = new("Closing", "期末");
    public static readonly Said Line = new("Line", "项目");
    public static readonly Said Points = new("Points", "积分");
    public static readonly Said Price = new("Price of a point", "积分单价");
    public static readonly Said Terms = new("Terms", "结算条款");
    public static readonly Said Charged = new("Owes", "应付");
    public static readonly Said Credited = new("Is owed", "应收");
    public static readonly Said Balance = new("Balance", "净额");
    public static readonly Said BalanceNote = new("Above zero: the party owes the club; below: the club owes it.", "正数为结算方应付俱乐部，负数为俱乐部应付结算方。");
    public static readonly Said Adds = new("Statements and ledger agree.", "各方结算单与积分账一致。");
    public static readonly Said Differs = new("Statements and ledger differ. Nothing is closed until they agree.", "结算单与积分账不一致，须核对后方可关账。");
    public static readonly Said ClosedOn = new("Closed {0} by {1}", "{0}由{1}关账");
    public static readonly Said Close = new("Close the month", "关账");
    public static readonly Said CloseNote = new("A closed month never changes; what comes late stands in the next one.", "关账后不再变动，迟到的记录列入下月。");
    public static readonly Said ClosedNow = new("The month is closed.", "已关账。");
    public static readonly Said Hash = new("SHA-256 of its statements", "结算单 SHA-256");
    public static readonly Said Root = new("Root over the ledger of {0}", "{0}账本根哈希");
    public static readonly Said Nothing = new("Nothing to settle.", "没有需要结算的内容。");
    public static readonly Said Details = new("Entries", "明细");
    public static readonly Said DetailsOf = new("Entries of {0}", "{0}明细");
    public static readonly Said Csv = new("As CSV", "CSV文件");
    public static readonly Said Xlsx = new("As Excel", "Excel文件");
    public static readonly Said Member = new("Member", "会员");
    public static readonly Said Entry = new("Entry", "分录");
    public static readonly Said Recorded = new("Recorded", "入账时间");
    public static readonly Said Earned = new("Earned or taken", "获得或收取日");
    public static readonly Said Cost = new("Cost", "成本");
    public static readonly Said Outstanding = new("Outstanding", "未兑换");
    public static readonly Said OwedByMembers = new("Members owe", "会员透支");
    public static readonly Said ByLapse = new("By the month in which they lapse", "按失效月份");
    public static readonly Said ByTier = new("By tier", "按等级");
    public static readonly Said ByPayer = new("By who pays", "按出资方");
    public static readonly Said Never = new("never, or after inactivity", "长期有效或按活跃度");
    public static readonly Said Tier = new("Tier", "等级");
    public static readonly Said Breakage = new("Expected never to be spent", "预计不会兑换");
    public static readonly Said Ultimate = new("Spent in the end", "最终兑换率");
    public static readonly Said Error = new("Back-test: from {0}, {1} months ahead {2} were foretold, {3} came", "回测：自{0}起预测{1}个月兑换{2}，实际{3}");
    public static readonly Said NoError = new("The history is too short for a back-test.", "历史过短，暂无法回测。");
    public static readonly Said Cohorts = new("Points by month of issue, spent by age in months", "按发放月份与月龄的累计兑换");
    public static readonly Said Issued = new("Issued", "发放");
    public static readonly Said Expired = new("Lapsed", "失效");
    public static readonly Said Expected = new("Expected", "预计");
    public static readonly Said Age = new("+{0}", "+{0}月");
    public static readonly Said Journal = new("Journal of the month", "当月分录");
    public static readonly Said Debit = new("Debit", "借方");
    public static readonly Said Credit = new("Credit", "贷方");
    public static readonly Said Amount = new("Amount", "金额");

    public static Said Of(LineKind line) => line switch
    {
        LineKind.Issued => new("issued", "发放"),
        LineKind.ClawedBack => new("taken back", "扣回"),
        LineKind.RedeemedHere => new("spent here", "本方兑换"),
        LineKind.RedeemedElsewhere => new("spent elsewhere", "他方兑换"),
        LineKind.Refunded => new("given back", "退还"),
        LineKind.Expired => new("lapsed", "失效"),
        LineKind.Transferred => new("transferred", "转赠"),
        LineKind.ExchangedIn => new("exchanged in", "换入"),
        LineKind.ExchangedOut => new("exchanged out", "换出"),
        LineKind.Adjusted => new("adjusted", "调整"),
        LineKind.Owed => new("made good for others", "抵欠"),
        LineKind.Taken => new("taken for goods", "收取"),
        LineKind.TakenBack => new("given back by the party", "退回"),
        _ => new("taken in exchange", "换出收取"),
    };

    public static Said Of(PartyKind kind) => kind switch
    {
        PartyKind.Programme => new("the club", "俱乐部"),
        PartyKind.Brand => new("brand", "品牌总部"),
        PartyKind.Dealer => new("dealer", "经销商"),
        PartyKind.Partner => new("partner", "合作伙伴"),
        _ => new("cause", "公益项目"),
    };

    public static Said Of(Billing billing) => billing switch
    {
        Billing.OnIssue => new("pays when issued", "发放时结算"),
        _ => new("pays when spent", "兑换时结算"),
    };
}
