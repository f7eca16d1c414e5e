using System.Globalization;
using Club.Access;
using Club.Activities;
using Club.Kernel;
using Club.Members;

namespace Club.Edges.WeChat;

/// <summary>报名 or 取消报名 with the name of an activity: she signs up for it herself, or takes that back.</summary>
public sealed class SignUpWord(ActivityPlans plans, SignUps signUps, ActivityReports reports, Membership membership, ClubCalendar calendar)
    : IAnswersInWeChat
{
    private const string SignUp = "报名", TakeBack = "取消报名";
    private const int Shown = 40;

    /// <summary>None by itself: 活动 tells how.</summary>
    public IReadOnlyList<string> Words { get; } = [];

    public bool Takes(string word) => NameIn(word, SignUp) is not null || NameIn(word, TakeBack) is not null;

    public async ValueTask<string> Answer(WeChatAsked asked, CancellationToken cancellation)
    {
        var caller = new Caller([Role.Member], null) { Member = asked.MemberId };
        if (NameIn(asked.Word, TakeBack) is { } off)
            return await Hers(asked.MemberId, off, cancellation) is { } signed
                ? await signUps.Cancel(asked.MemberId, signed.Code, caller, cancellation) is { Succeeded: true }
                    ? $"已取消报名：{signed.Name}。" : $"{signed.Name}的报名无法取消，请联系您的经销商。"
                : $"您没有报名“{Bounded.Text(off, Shown)}”。";
        var name = NameIn(asked.Word, SignUp)!;
        var dealer = (await membership.Find(asked.MemberId, cancellation))?.DealerId;
        if ((await plans.OpenTo(dealer, cancellation)).FirstOrDefault(one => IsCalled(one, name)) is not { } activity)
            return $"没有找到可报名的活动“{Bounded.Text(name, Shown)}”，回复“活动”查看。";
        var done = await signUps.SignUp(asked.MemberId, activity.Code, 0, caller, cancellation);
        var day = calendar.DateOf(activity.From).ToString("M月d日", CultureInfo.InvariantCulture);
        return done.Problem?.Code switch
        {
            null => $"报名成功：{day} {activity.Name}。届时请在现场扫码签到；如需取消，请回复“{TakeBack}{activity.Name}”。",
            "no-places" => $"{activity.Name}名额已满。",
            "wrong-state" => $"您已报名{activity.Name}。",
            _ => $"暂时无法报名{activity.Name}，请联系您的经销商。",
        };
    }

    /// <summary>What she has signed up for under this name.</summary>
    private async Task<ClubActivity?> Hers(MemberId memberId, string name, CancellationToken cancellation)
    {
        var hers = (await reports.History(memberId, Caller.Operator, 50, null, cancellation))?.Items ?? [];
        foreach (var one in hers.Where(one => one.State == SignUpState.SignedUp))
            if ((await plans.Read(one.Activity, cancellation))?.Value is { } activity && IsCalled(activity, name)) return activity;
        return null;
    }

    private static bool IsCalled(ClubActivity activity, string name) =>
        activity.Name == name || activity.Code.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string? NameIn(string? word, string verb) =>
        word is not null && word.StartsWith(verb, StringComparison.Ordinal)
        && word[verb.Length..].Trim(' ', '\u3000', '“', '”', '"', '：', ':') is { Length: > 0 } name ? name : null;
}
