using System.Globalization;
using Club.Access;
using Club.Activities;
using Club.Kernel;
using Club.Members;

namespace Club.Edges.WeChat;

/// <summary>活动: for what she has signed up, and what else is open.</summary>
public sealed class ActivitiesWord(ActivityPlans plans, ActivityReports reports, Places places, Membership membership,
    ClubCalendar calendar) : IAnswersInWeChat
{
    private const int Most = 5;

    public IReadOnlyList<string> Words { get; } = ["活动", "报名"];

    public async ValueTask<string> Answer(WeChatAsked asked, CancellationToken cancellation)
    {
        var profile = await membership.Find(asked.MemberId, cancellation);
        var open = await plans.OpenTo(profile?.DealerId, cancellation);
        var hers = (await reports.History(asked.MemberId, Caller.Operator, 50, null, cancellation))?.Items ?? [];
        var lines = new List<string>();
        foreach (var one in hers.Where(one => one.State == SignUpState.SignedUp).Take(Most))
            if ((await plans.Read(one.Activity, cancellation))?.Value is { State: ActivityState.Open } activity
                && activity.Until >= calendar.Now)
                lines.Add($"已报名：{Of(activity)}{(one.Guests > 0 ? $"（您和{one.Guests}位同伴）" : "")}");
        var has = hers.Where(one => one.State != SignUpState.Cancelled).Select(one => one.Activity).ToHashSet();
        string? first = null;
        foreach (var activity in open.Where(one => !has.Contains(one.Code)).Take(Most))
        {
            var isFree = await places.AreLeft(activity, cancellation);
            if (isFree) first ??= activity.Name;
            lines.Add(isFree ? $"可报名：{Of(activity)}，{Day(activity.SignUpUntil)}截止" : $"已报满：{Of(activity)}");
        }
        if (first is not null) lines.Add($"回复“报名”和活动名称即可报名，如“报名{first}”。");
        return lines.Count == 0 ? "目前没有可报名的活动，敬请期待。" : string.Join('\n', lines);
    }

    private string Of(ClubActivity activity) =>
        $"{Day(activity.From)} {activity.Name}{(activity.Place is { } place ? $"（{place}）" : "")}";

    private string Day(DateTimeOffset moment) => calendar.DateOf(moment).ToString("M月d日", CultureInfo.InvariantCulture);
}
