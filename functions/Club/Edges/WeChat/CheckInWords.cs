using System.Globalization;
using Club.Activities;
using Club.Kernel;

namespace Club.Edges.WeChat;

/// <summary>What somebody is told who scanned the QR code at the door of an activity.</summary>
public static class CheckInWords
{
    public const string Unknown = "签到码无效，请向现场工作人员咨询。";

    public static string Of(ClubActivity activity, Outcome<CheckedIn> became, ClubCalendar calendar)
    {
        if (became.Problem is { } problem) return Refused(activity, problem, calendar);
        var (signUp, isRepeat) = became.Value;
        var guests = signUp.Guests > 0 ? $"（含{signUp.Guests}位同伴）" : "";
        if (isRepeat) return $"您已签到过{activity.Name}{guests}，无需重复签到。";
        var points = string.Concat(signUp.Points.Select(earned => $"，获得{earned.Points}积分"));
        return $"签到成功！欢迎参加{activity.Name}{guests}{points}。";
    }

    private static string Refused(ClubActivity activity, Problem problem, ClubCalendar calendar) => problem.Code switch
    {
        "wrong-day" => $"{activity.Name}的签到时间为{Day(calendar.DateOf(activity.From))}至{Day(calendar.DateOf(activity.Until))}。",
        "no-places" => $"{activity.Name}名额已满，请向现场工作人员咨询。",
        "wrong-state" => $"{activity.Name}目前不能签到，请向现场工作人员咨询。",
        _ => "签到暂未成功，请稍后再扫一次。",
    };

    private static string Day(DateOnly day) => day.ToString("M月d日", CultureInfo.InvariantCulture);
}
