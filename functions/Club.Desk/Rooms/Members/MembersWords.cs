using Club.Desk.Words;

namespace Club.Desk.Rooms.Members;

/// <summary>What the members' room says; the terms are those of docs/glossary.md.</summary>
public static class MembersWords
{
    public static readonly Said Codes = new("QR codes", "二维码");
    public static readonly Said ShowCodes = new("Show card and referral code", "显示会员卡与转介绍二维码");
    public static readonly Said CardCode = new("Card, for the till", "会员卡（到店出示）");
    public static readonly Said ReferralCode = new("Joins by her word", "转介绍入会");
    public static readonly Said Members = new("Members", "会员");
    public static readonly Said Find = new("Find", "查找");
    public static readonly Said FindHint = new("Phone, card, VIN, plate, OpenID or full name", "手机号、卡号、VIN、车牌、OpenID或完整姓名");
    public static readonly Said Search = new("Search", "搜索");
    public static readonly Said Any = new("Any", "不限");
    public static readonly Said NotReadable = new("This cannot be searched for.", "无法按此内容搜索。");
    public static readonly Said Nobody = new("No member matches. Check the number, or search by fewer keys.", "没有符合条件的会员。请核对号码，或减少搜索条件。");
    public static readonly Said NobodyOfYours = new(
        "None of your members matches. A guest of another dealer is found by a phone, card or VIN that she shows you in full.",
        "您的会员中没有符合条件的。其他经销商的来客，可凭其出示的完整手机号、卡号或VIN查找。");
    public static readonly Said OnThisPage = new("{0} members on this page", "本页{0}位会员");
    public static readonly Said Found = new("Members found", "找到的会员");
    public static readonly Said Name = new("Name", "姓名");
    public static readonly Said Nameless = new("(no name)", "（未留姓名）");
    public static readonly Said Card = new("Card number", "会员卡号");
    public static readonly Said Phone = new("Phone", "手机号");
    public static readonly Said Tier = new("Tier", "等级");
    public static readonly Said Dealer = new("Dealer", "经销商");
    public static readonly Said Status = new("Status", "状态");
    public static readonly Said Hobby = new("Hobby", "爱好");
    public static readonly Said Cars = new("Cars", "车辆");
    public static readonly Said Joined = new("Joined", "入会日期");
    public static readonly Said Profile = new("Profile", "资料");
    public static readonly Said Overview = new("Overview", "概览");
    public static readonly Said Entries = new("Entries", "分录");
    public static readonly Said Benefits = new("Benefits", "礼遇");
    public static readonly Said Messages = new("Messages", "短信");
    public static readonly Said History = new("History", "历史");
    public static readonly Said Complaints = new("Complaints", "投诉");
    public static readonly Said Acts = new("Change", "办理");
    public static readonly Said PagesOfMember = new("Pages about this member", "该会员的页面");
    public static readonly Said Birthday = new("Birthday", "生日");
    public static readonly Said Address = new("Address", "通信地址");
    public static readonly Said City = new("City", "城市");
    public static readonly Said Hobbies = new("Hobbies", "爱好");
    public static readonly Said From = new("Joined from", "入会渠道");
    public static readonly Said SmsConsent = new("Text messages", "短信同意");
    public static readonly Said Consented = new("agreed", "已同意");
    public static readonly Said NotConsented = new("not agreed", "未同意");
    public static readonly Said Model = new("Model", "车型");
    public static readonly Said Plate = new("Plate", "车牌");
    public static readonly Said Purchased = new("Purchased", "购车日期");
    public static readonly Said Disputed = new("disputed", "有争议");
    public static readonly Said NoCars = new("No car is known.", "暂无车辆。");
    public static readonly Said MaskedNote = new("Shown masked: she is not of your dealer, or your role sees persons masked.",
        "以下为脱敏信息：该会员不属于您的经销商，或您的角色只能查看脱敏信息。");

    public static Said StatusOf(string status) => status switch
    {
        "applied" => new("Applied", "申请中"),
        "member" => new("Member", "会员"),
        "left" => new("Left", "已退会"),
        "lapsed" => new("Lapsed", "已失效"),
        "erased" => new("Erased", "已注销"),
        "merged" => new("Merged", "已合并"),
        _ => new(status, status),
    };
}
