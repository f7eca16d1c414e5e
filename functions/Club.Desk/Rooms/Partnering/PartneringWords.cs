using Club.Desk.Words;
using Club.Partners;

namespace Club.Desk.Rooms.Partnering;

/// <summary>What the room of partners says.</summary>
public static class PartneringWords
{
    public static readonly Said Partners = new("Partners", "合作伙伴");
    public static readonly Said Partner = new("Partner", "合作伙伴");
    public static readonly Said Nobody = new("There is no partner.", "没有合作伙伴。");
    public static readonly Said Code = new("Code", "代码");
    public static readonly Said Name = new("Name", "名称");
    public static readonly Said Now = new("Agreed for today", "当前协议");
    public static readonly Said Nothing = new("Nothing is agreed.", "没有协议。");
    public static readonly Said Add = new("Name a partner", "登记合作伙伴");
    public static readonly Said Save = new("Save", "保存");
    public static readonly Said Agreements = new("Agreements", "合作协议");
    public static readonly Said From = new("First day", "起始日");
    public static readonly Said To = new("Last day", "截止日");
    public static readonly Said Bill = new("Pays", "结算方式");
    public static readonly Said Price = new("Pays for a point, CNY", "每分出资（元）");
    public static readonly Said Redeems = new("Is paid for a point, CNY", "每分收款（元）");
    public static readonly Said In = new("One of theirs is", "对方1分换入");
    public static readonly Said Out = new("One of ours is", "本会1分换出");
    public static readonly Said Points = new("points", "分");
    public static readonly Said NewOne = new("New agreement", "新协议");
    public static readonly Said Agree = new("Take down", "登记协议");
    public static readonly Said Note = new("It is not over another, does not reach into a closed month, and never changes.", "不得与其他协议重叠，不得涉及已关账月份，登记后不可更改。");
    public static readonly Said Settlement = new("Statement of this month", "本月结算单");
    public static readonly Said NamedNow = new("The partner is named.", "已登记合作伙伴。");
    public static readonly Said AgreedNow = new("The agreement is taken down.", "已登记协议。");

    public static Said? Done(string? word) => word switch { "named" => NamedNow, "agreed" => AgreedNow, _ => null };

    public static Said Of(Billing billing) => billing switch
    {
        Billing.OnIssue => new("when points are issued", "积分发放时"),
        _ => new("when points are spent", "积分兑换时"),
    };
}
