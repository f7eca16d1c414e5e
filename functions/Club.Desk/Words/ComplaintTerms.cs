using Club.Members;

namespace Club.Desk.Words;

/// <summary>How far a complaint is.</summary>
public static class ComplaintTerms
{
    public static readonly Said Overdue = new("overdue", "已逾期");
    public static readonly Said Subject = new("Subject", "主题");
    public static readonly Said Owner = new("Owner", "负责人");
    public static readonly Said Due = new("Due", "期限");
    public static readonly Said State = new("State", "状态");
    public static readonly Said Text = new("What happened", "内容");
    public static readonly Said Opened = new("Opened", "受理时间");
    public static readonly Said Dealer = new("Dealer", "经销商");
    public static readonly Said TextLapsed = new("(text lapsed)", "（内容已清除）");

    public static Said Of(ComplaintState state) => state switch
    {
        ComplaintState.Open => new("open", "已受理"),
        ComplaintState.InProgress => new("in progress", "处理中"),
        ComplaintState.Resolved => new("resolved", "已解决"),
        ComplaintState.Closed => new("closed", "已关闭"),
        _ => new($"{state}", $"{state}"),
    };
}
