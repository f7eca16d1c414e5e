using Club.Dealers;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Dealing;

/// <summary>What is said of a dealer's own plan.</summary>
public static class PlanWords
{
    public static readonly Said Plan = new("Own plan", "分会计划");
    public static readonly Said NoPlan = new("This dealer has no plan of its own.", "该分会没有自己的计划。");
    public static readonly Said Nothing = new("The plan gives nothing.", "计划为空。");
    public static readonly Said Version = new("Version {0}, from {1}", "第{0}版，自{1}起");
    public static readonly Said By = new("written by {0}", "制定人：{0}");
    public static readonly Said NoForce = new("Without force under today's rule book", "按现行规则不再生效");
    public static readonly Said Versions = new("Versions", "历次版本");
    public static readonly Said Number = new("Version", "版本");
    public static readonly Said From = new("In force from", "生效时间");
    public static readonly Said Written = new("Written", "制定时间");
    public static readonly Said Suspensions = new("Suspensions", "暂停记录");
    public static readonly Said SuspendedFrom = new("From", "自");
    public static readonly Said Until = new("Until", "至");
    public static readonly Said StillOpen = new("until it is lifted", "待恢复");
    public static readonly Said Write = new("Write the plan", "制定计划");
    public static readonly Said Text = new("Rules and care, as JSON", "规则与关怀（JSON）");
    public static readonly Said Start = new("From (empty: in a minute)", "生效时间（留空：一分钟后）");
    public static readonly Said Save = new("Save as the next version", "保存为新版本");
    public static readonly Said Suspend = new("Suspend", "暂停计划");
    public static readonly Said Resume = new("Let it go on", "恢复计划");
    public static readonly Said WrittenNow = new("The plan is written.", "计划已保存。");
    public static readonly Said SuspendedNow = new("The plan is suspended.", "计划已暂停。");
    public static readonly Said ResumedNow = new("The plan goes on.", "计划已恢复。");

    public static Said Of(PlanState state) => state switch
    {
        PlanState.InForce => new("in force", "生效中"),
        PlanState.Planned => new("to come", "未生效"),
        PlanState.Suspended => new("suspended", "已暂停"),
        _ => new("none", "无"),
    };

    public static Said? Done(string? word) => word switch
    {
        "plan" => WrittenNow,
        "suspended" => SuspendedNow,
        "resumed" => ResumedNow,
        _ => null,
    };
}
