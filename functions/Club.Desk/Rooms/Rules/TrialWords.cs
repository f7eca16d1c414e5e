using Club.Desk.Words;

namespace Club.Desk.Rooms.Rules;

/// <summary>What is said where the rule book is tried: on one bill, on the whole history.</summary>
public static class TrialWords
{
    public static readonly Said Preview = new("Try a bill", "试算单笔");
    public static readonly Said PreviewWhy = new("What a bill would bring. Nothing is recorded.", "查看一笔交易能得到多少积分，不会记账。");
    public static readonly Said WhatIf = new("What if", "试算");
    public static readonly Said WhatIfWhy = new("Plays the recorded history of the members under another rule book and compares. Nothing is changed.",
        "用另一套规则重新计算会员的历史记录并对比，不会改变任何数据。");
    public static readonly Said TryFirst = new("See first what it would have done with the history", "先试算：该草稿对历史数据的影响");
    public static readonly Said Book = new("Rule book", "规则版本");
    public static readonly Said InForce = new("as on that day", "按当日版本");
    public static readonly Said Sample = new("Share of the members, in percent", "抽样会员比例（%）");
    public static readonly Said Run = new("Run", "开始试算");
    public static readonly Said NoBook = new("There is no such rule book, or it has errors.", "没有该规则版本，或其内容有错误。");
    public static readonly Said BadSample = new("The share is a number above 0 and at most 100.", "比例须大于0且不超过100。");
    public static readonly Said Busy = new("Another history is being played. Try again in half a minute.", "正在进行另一次试算，请半分钟后再试。");
    public static readonly Said Playing = new("{0} members and {1} entries played", "已计算{0}位会员、{1}条分录");
    public static readonly Said Result = new("{0} members and {1} entries under {2}", "{2}：{0}位会员、{1}条分录");
    public static readonly Said Sampled = new("{0} % of the members", "{0}%的会员");
    public static readonly Said Skipped = new("{0} transactions could not be played: their entries do not keep their inputs.",
        "{0}笔交易无法重新计算：其分录未保存原始数据。");
    public static readonly Said Unaffordable = new("{0} redemptions could not have been paid for: what they lack is owed.",
        "{0}笔兑换积分不足：差额计为欠分。");
    public static readonly Said Redeemed = new("Points spent, by wallet", "各钱包兑换积分");
    public static readonly Said AsItIs = new("As it is", "现状");
    public static readonly Said Under = new("Under the rule book", "试算后");
    public static readonly Said Issued = new("Points issued, by wallet", "各钱包发放积分");
    public static readonly Said Balances = new("Balances, by wallet", "各钱包余额");
    public static readonly Said Liability = new("Liability in CNY, by wallet", "各钱包积分负债（元）");
    public static readonly Said Tiers = new("Members by tier", "各等级会员数");
    public static readonly Said Rules = new("Points issued, by rule", "各规则发放积分");
    public static readonly Said Funders = new("Points issued, by funder", "各出资方积分");
    public static readonly Said Wallet = new("Wallet", "钱包");
    public static readonly Said Tier = new("Tier", "等级");
    public static readonly Said Rule = new("Rule", "规则");
    public static readonly Said Funder = new("Funder", "出资方");
    public static readonly Said Moves = new("Who would change tier", "等级变动");
    public static readonly Said MoveFrom = new("From", "原等级");
    public static readonly Said MoveTo = new("To", "新等级");
    public static readonly Said Members = new("Members", "会员数");
    public static readonly Said Affected = new("Most affected", "影响最大的会员");
    public static readonly Said Member = new("Member", "会员");
    public static readonly Said Balance = new("Balance", "余额");
    public static readonly Said LiabilityChange = new("Change of the liability", "负债变化");
    public static readonly Said NobodyMoves = new("Nobody would change tier.", "没有会员的等级会变动。");
    public static readonly Said Again = new("Again", "再次试算");
    public static readonly Said Customer = new("Customer", "客户");
    public static readonly Said CustomerHint = new("Phone, card, VIN or member id; empty: a new member.", "手机号、卡号、VIN或会员ID；留空则按新会员计算。");
    public static readonly Said Dealer = new("Dealer", "经销商");
    public static readonly Said Happened = new("Happened", "发生时间");
    public static readonly Said Channel = new("Channel", "渠道");
    public static readonly Said Payment = new("Payment", "支付方式");
    public static readonly Said Campaign = new("Campaign", "活动");
    public static readonly Said Lines = new("Lines", "明细");
    public static readonly Said Line = new("Line {0}", "明细{0}");
    public static readonly Said Category = new("Category", "品类");
    public static readonly Said Amount = new("Amount (CNY)", "金额（元）");
    public static readonly Said Model = new("Model", "车型");
    public static readonly Said Sku = new("SKU", "商品");
    public static readonly Said Price = new("Try", "试算");
    public static readonly Said BadAmount = new("An amount is no number of digits, such as 120 or 99.50, with at most two decimals.", "金额须为数字，最多两位小数，例如 120 或 99.50。");
    public static readonly Said Brings = new("This bill would bring", "该笔交易可获得");
    public static readonly Said BringsNothing = new("This bill would bring no points.", "该笔交易没有积分。");
    public static readonly Said Arithmetic = new("Arithmetic", "计算");
    public static readonly Said Points = new("Points", "积分");
    public static readonly Said Nearly = new("Nearly matched", "差一点满足");
    public static readonly Said TierStays = new("The tier stays {0}.", "等级仍为{0}。");
    public static readonly Said TierBecomes = new("The tier becomes {1} instead of {0}.", "等级由{0}变为{1}。");
}
