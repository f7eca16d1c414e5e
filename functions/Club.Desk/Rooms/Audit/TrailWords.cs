using Club.Access;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Audit;

/// <summary>What the audit's room says.</summary>
public static class TrailWords
{
    public static readonly Said Audit = new("Audit", "审计");
    public static readonly Said About = new("Whoever changed something or read a person's data stands here, and cannot be taken out.",
        "每次修改和每次查看个人信息都记录在此，不可删改。");
    public static readonly Said Member = new("Member id", "会员编号");
    public static readonly Said Author = new("Who", "操作人");
    public static readonly Said AuthorAsked = new("Who (name or id)", "操作人（姓名或编号）");
    public static readonly Said From = new("From", "开始日期");
    public static readonly Said To = new("To", "结束日期");
    public static readonly Said Find = new("Show", "查询");
    public static readonly Said Download = new("Download as CSV", "下载CSV");
    public static readonly Said Nothing = new("Nothing was kept that matches.", "没有符合条件的记录。");
    public static readonly Said When = new("When", "时间");
    public static readonly Said What = new("What", "操作");
    public static readonly Said Members = new("Members", "涉及会员");
    public static readonly Said Subject = new("About", "对象");
    public static readonly Said Purpose = new("Purpose", "用途");
    public static readonly Said Outcome = new("Outcome", "结果");
    public static readonly Said More = new("{0} more", "另外{0}位");
    public static readonly Said OnPage = new("console", "工作台");
    public static readonly Said Running = new("under way", "进行中");
    public static readonly Said Done = new("done", "完成");
    public static readonly Said Refused = new("refused", "未接受");
    public static readonly Said Nobody = new("not found", "未找到");
    public static readonly Said Failed = new("failed", "出错");

    public static Said Of(Purpose purpose) => purpose switch
    {
        Access.Purpose.Service => new("service", "服务"),
        Access.Purpose.Complaint => new("complaint", "投诉"),
        Access.Purpose.Correction => new("correction", "更正"),
        Access.Purpose.Dispute => new("dispute", "争议"),
        Access.Purpose.Settlement => new("settlement", "结算"),
        Access.Purpose.Campaign => new("campaign", "营销活动"),
        Access.Purpose.Audit => new("audit", "审计"),
        Access.Purpose.RightsRequest => new("a right of hers", "个人权利请求"),
        _ => new($"{purpose}", $"{purpose}"),
    };

    public static Said Went(int? status) => status switch
    {
        null => Running,
        < 400 => Done,
        404 => Nobody,
        < 500 => Refused,
        _ => Failed,
    };
}
