using Club.Activities;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Activities;

/// <summary>What the room of activities says.</summary>
public static class ActivitiesWords
{
    public static readonly Said Activities = new("Activities", "活动");
    public static readonly Said Plan = new("Plan an activity", "策划活动");
    public static readonly Said Change = new("Change", "修改");
    public static readonly Said Save = new("Save", "保存");
    public static readonly Said State = new("State", "状态");
    public static readonly Said Every = new("all", "全部");
    public static readonly Said Whose = new("Whose", "主办方");
    public static readonly Said Own = new("our own", "本店");
    public static readonly Said Headquarters = new("headquarters", "总部");
    public static readonly Said Dealer = new("Dealer", "经销商");
    public static readonly Said Find = new("Show", "查询");
    public static readonly Said None = new("There is no such activity.", "没有符合条件的活动。");
    public static readonly Said Code = new("Code", "活动代码");
    public static readonly Said CodeHint = new("Letters, digits, dashes; the rule book knows it as the campaign.", "字母、数字、连字符；积分规则以此为活动名称。");
    public static readonly Said Name = new("Name", "名称");
    public static readonly Said Kind = new("Kind", "类型");
    public static readonly Said Place = new("Place", "地点");
    public static readonly Said Description = new("Description", "说明");
    public static readonly Said From = new("Begins", "开始");
    public static readonly Said Until = new("Ends", "结束");
    public static readonly Said SignUpUntil = new("Sign up until", "报名截止");
    public static readonly Said Places = new("Places", "名额");
    public static readonly Said Guests = new("Guests per member", "每人可带同伴");
    public static readonly Said Budget = new("Budget", "预算");
    public static readonly Said Spent = new("Spent", "实际费用");
    public static readonly Said Next = new("Next step", "下一步");
    public static readonly Said Ask = new("Ask for the budget", "申请预算");
    public static readonly Said Open = new("Open", "开放报名");
    public static readonly Said Close = new("Close", "结束活动");
    public static readonly Said Cancel = new("Cancel…", "取消…");
    public static readonly Said CancelNow = new("Cancel the activity", "取消活动");
    public static readonly Said Approve = new("Approve the budget", "批准预算");
    public static readonly Said Refuse = new("Refuse…", "驳回…");
    public static readonly Said RefuseNow = new("Refuse the budget", "驳回预算");
    public static readonly Said AskedBy = new("asked for by {0}", "申请人：{0}");
    public static readonly Said DecidedBy = new("decided by {0}", "审批人：{0}");
    public static readonly Said CheckIn = new("Check-in", "签到");
    public static readonly Said Who = new("Phone or card", "手机号或卡号");
    public static readonly Said Bring = new("Guests", "同伴人数");
    public static readonly Said LetIn = new("Let in", "签到");
    public static readonly Said Scene = new("QR code at the door", "现场签到码");
    public static readonly Said ShowCode = new("Show the QR code at the door", "显示现场签到二维码");
    public static readonly Said SceneHint = new("The scene of a WeChat QR code.", "用作微信带参二维码的场景值。");
    public static readonly Said Report = new("Figures", "活动数据");
    public static readonly Said Invited = new("Invited", "已邀约");
    public static readonly Said NotInvited = new("not reachable: {0}", "无法触达：{0}");
    public static readonly Said SignedUp = new("Signed up", "已报名");
    public static readonly Said Attended = new("Came", "已签到");
    public static readonly Said WithGuests = new("with {0} guests", "另有同伴{0}人");
    public static readonly Said Left = new("Places left", "剩余名额");
    public static readonly Said Rating = new("Rating", "评分");
    public static readonly Said OfAnswers = new("{0} of {1} answers", "{0}（{1}份评价）");
    public static readonly Said Points = new("Points", "积分");
    public static readonly Said CostPerHead = new("Cost per head", "人均费用");
    public static readonly Said Invite = new("Invite", "邀约");
    public static readonly Said Tier = new("Tier", "等级");
    public static readonly Said Hobby = new("Hobby", "爱好");
    public static readonly Said ValueClass = new("Value class", "价值等级");
    public static readonly Said LoyaltyClass = new("Loyalty class", "忠诚等级");
    public static readonly Said Text = new("Text of the message", "短信内容");
    public static readonly Said TextHint = new("Left empty, the care plan's.", "留空则使用关怀计划中的内容。");
    public static readonly Said Count = new("Count", "统计人数");
    public static readonly Said Send = new("Send invitations", "发送邀约");
    public static readonly Said Counted = new("{0} members, {1} of them reachable", "共{0}人，可触达{1}人");
    public static readonly Said Inviting = new("Members are being invited.", "正在发送邀约。");
    public static readonly Said Member = new("Member", "会员");
    public static readonly Said TakePart = new("Who takes part", "报名与签到");
    public static readonly Said Nobody = new("Nobody has signed up.", "暂无报名。");
    public static readonly Said When = new("Signed up at", "报名时间");
    public static readonly Said CameAt = new("Came at", "签到时间");
    public static readonly Said Feedback = new("Feedback", "评价");
    public static readonly Said Photos = new("Photos", "照片");

    public static string WordOf(ActivityState state) => $"{state}".ToLowerInvariant();

    /// <summary>Null: it is the word of none.</summary>
    public static ActivityState? StateOf(string? word) =>
        Enum.GetValues<ActivityState>().Where(state => WordOf(state) == word).Select(state => (ActivityState?)state).FirstOrDefault();

    public static Said Of(ActivityState state) => state switch
    {
        ActivityState.Draft => new("draft", "草稿"),
        ActivityState.Requested => new("budget asked for", "预算待批"),
        ActivityState.Approved => new("approved", "预算已批"),
        ActivityState.Refused => new("refused", "预算驳回"),
        ActivityState.Open => new("open", "报名中"),
        ActivityState.Closed => new("closed", "已结束"),
        ActivityState.Cancelled => new("cancelled", "已取消"),
        _ => new($"{state}", $"{state}"),
    };

    public static Said Of(SignUpState state) => state switch
    {
        SignUpState.SignedUp => new("signed up", "已报名"),
        SignUpState.Attended => new("came", "已签到"),
        SignUpState.Cancelled => new("cancelled", "已取消"),
        SignUpState.Opening => new("on its way", "处理中"),
        SignUpState.Failed => new("came to nothing", "未成功"),
        _ => new($"{state}", $"{state}"),
    };

    public static Said? DoneOf(string? done) => done switch
    {
        "planned" => new("The activity is kept.", "活动已保存。"),
        "in" => new("She is in.", "签到成功。"),
        "again" => new("She was let in before.", "此前已签到。"),
        "invited" => new("Invitations are on their way.", "邀约已开始发送。"),
        _ => StateOf(done) is { } state ? new($"The activity is {Of(state).En}.", $"活动状态：{Of(state).Zh}。") : null,
    };
}
