using Club.Desk.Words;
using Club.Referrals;

namespace Club.Desk.Rooms.Referring;

/// <summary>What the room of referrals says.</summary>
public static class ReferringWords
{
    public static readonly Said Referrals = new("Referrals", "转介绍");
    public static readonly Said Report = new("Report a buyer", "报备");
    public static readonly Said Send = new("Report", "提交报备");
    public static readonly Said State = new("State", "状态");
    public static readonly Said Every = new("All", "全部");
    public static readonly Said Dealer = new("Dealer", "经销商");
    public static readonly Said Find = new("Show", "查询");
    public static readonly Said Nobody = new("Nobody was reported.", "没有报备。");
    public static readonly Said Reported = new("Reported. A purchase until the last day counts.", "已报备，有效期内购车即计入。");
    public static readonly Said Member = new("Referred by", "推荐人");
    public static readonly Said Card = new("Card of the member who refers", "推荐人卡号");
    public static readonly Said Buyer = new("May buy", "意向客户");
    public static readonly Said Phone = new("Phone", "手机号");
    public static readonly Said PhoneHint = new("Of who may buy; or the VIN of the vehicle that is ordered for her.", "意向客户的手机号，或为其订购车辆的车架号。");
    public static readonly Said Vin = new("VIN", "车架号");
    public static readonly Said Name = new("Name", "姓名");
    public static readonly Said Model = new("Model", "意向车型");
    public static readonly Said When = new("Reported", "报备时间");
    public static readonly Said Until = new("Until", "有效期至");
    public static readonly Said Decided = new("Decided", "结果时间");
    public static readonly Said BoughtBy = new("Bought by", "购车会员");
    public static readonly Said Forgotten = new("no longer kept", "已不保存");

    public static Said Of(ReferralState state) => state switch
    {
        ReferralState.Open => new("open", "有效"),
        ReferralState.Bought => new("bought", "已成交"),
        ReferralState.Returned => new("returned", "已退车"),
        ReferralState.Refused => new("refused", "不予奖励"),
        _ => new("lapsed", "已失效"),
    };

    public static Said Why(string reason) => reason switch
    {
        ReferralRules.Self => new("herself", "本人"),
        ReferralRules.Household => new("her household", "家庭成员"),
        ReferralRules.Circle => new("whoever referred her", "推荐人的推荐人"),
        _ => new(reason, reason),
    };
}
