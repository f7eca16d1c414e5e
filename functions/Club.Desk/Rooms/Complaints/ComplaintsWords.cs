using Club.Desk.Words;

namespace Club.Desk.Rooms.Complaints;

/// <summary>What the room of complaints says.</summary>
public static class ComplaintsWords
{
    public static readonly Said Complaints = new("Complaints", "投诉");
    public static readonly Said Complaint = new("Complaint", "投诉详情");
    public static readonly Said Any = new("any", "不限");
    public static readonly Said Find = new("Show", "查询");
    public static readonly Said Mine = new("Mine", "由我负责");
    public static readonly Said None = new("No complaint matches. One is opened on the page of the member who complains.",
        "没有符合条件的投诉。投诉在会员页面中受理。");
    public static readonly Said Member = new("Member", "会员");
    public static readonly Said ByWhatSheShows = new("of another dealer: found by what she shows", "其他经销商的会员：凭其出示的信息查找");
    public static readonly Said Reminded = new("reminded {0} times", "已提醒{0}次");
    public static readonly Said Channel = new("Came by", "渠道");
    public static readonly Said Steps = new("Steps", "跟进记录");
    public static readonly Said Follow = new("Follow up", "跟进");
    public static readonly Said What = new("What was done", "跟进内容");
    public static readonly Said NewState = new("State from now on", "新状态");
    public static readonly Said AsItComes = new("in progress, or as it is", "处理中，或保持不变");
    public static readonly Said NewOwner = new("Owner from now on", "新负责人");
    public static readonly Said NewDue = new("Due from now on", "新期限");
    public static readonly Said Unchanged = new("empty: as it is", "不填则不变");
    public static readonly Said Save = new("Keep the step", "保存");
    public static readonly Said FollowedNow = new("The step is kept.", "跟进已保存。");
    public static readonly Said OpenedNow = new("The complaint is open.", "投诉已受理。");
    public static readonly Said Headquarters = new("headquarters", "总部");
}
