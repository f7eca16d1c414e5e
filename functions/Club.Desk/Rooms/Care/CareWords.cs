using Club.Desk.Words;

namespace Club.Desk.Rooms.Care;

/// <summary>What the room of the care plan says.</summary>
public static class CareWords
{
    public static readonly Said Care = new("Care plan", "关怀计划");
    public static readonly Said Effect = new("What it does", "关怀效果");
    public static readonly Said About = new(
        "Some occasions, by chance, are let pass in silence. Who was written to and who was not are compared: who came within 30 days. The counts follow within the hour; the last 30 days may still change.",
        "部分时机随机不发消息，作为对照。比较两组会员30天内的到店率。统计约一小时内更新，最近30天仍可能变化。");
    public static readonly Said First = new("From", "自");
    public static readonly Said Last = new("To", "至");
    public static readonly Said Show = new("Show", "查询");
    public static readonly Said Occasion = new("Occasion", "时机");
    public static readonly Said Written = new("Written to", "发送组");
    public static readonly Said Held = new("Held out", "对照组");
    public static readonly Said Came = new("{0} of {1} came", "{1}人中{0}人到店");
    public static readonly Said Difference = new("Difference (points)", "差异（百分点）");
    public static readonly Said Interval = new("95 % interval", "95%区间");
    public static readonly Said Judgement = new("Judgement", "判断");
    public static readonly Said Works = new("brings members", "有效");
    public static readonly Said Harms = new("keeps members away", "适得其反");
    public static readonly Said Unknown = new("not proven", "尚无定论");
    public static readonly Said NobodyHeld = new("nobody to compare", "无对照");
    public static readonly Said Nothing = new("Nothing was said in these months.", "所选月份没有关怀。");
    public static readonly Said NoPlan = new("The rule book has no care plan.", "规则书未设关怀计划。");
    public static readonly Said DaysBefore = new("Days before", "提前天数");
    public static readonly Said Share = new("Held out", "对照组比例");
    public static readonly Said Text = new("Text", "文案");
    public static readonly Said Limit = new("Marketing speaks at most {0} times in {1} days.", "营销类关怀{1}天内最多{0}条。");
    public static readonly Said After = new("{0} after", "之后{0}天");
    public static readonly Said Kilometres = new("or {0} km", "或{0}公里");
    public static readonly Said Variant = new("to some instead", "分人群文案");
    public static readonly Said Segment = new("some", "限定人群");
}
