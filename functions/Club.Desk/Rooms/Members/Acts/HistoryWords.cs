using Club.Desk.Words;
using Club.Ledger;
using Club.Programmes;

namespace Club.Desk.Rooms.Members.Acts;

/// <summary>What happened to a member, in a sentence.</summary>
public static class HistoryWords
{
    public static readonly Said Nothing = new("Nothing happened yet.", "暂无记录。");
    public static readonly Said By = new("by {0}", "操作人：{0}");
    private static readonly Said TierNow = new("Tier: {0} → {1}", "等级变更：{0} → {1}");
    private static readonly Said TierGiven = new("Given {0} until {1}", "授予{0}，至{1}");
    private static readonly Said MergedFrom = new("{0} was merged into this member", "{0}已合并到该会员");
    private static readonly Said Agreed = new("Agreed to text messages", "同意接收短信");
    private static readonly Said Disagreed = new("Wants no text messages", "不同意接收短信");
    private static readonly Said IsOwner = new("A dispute was settled: it is hers", "争议已裁定：归该会员");
    private static readonly Said IsNotOwner = new("A dispute was settled: it is not hers", "争议已裁定：不归该会员");
    private static readonly Said ChangedThese = new("Changed: {0}", "资料变更：{0}");
    private static readonly Said MovedTo = new("Went from {0} to {1}", "从{0}转会到{1}");
    private static readonly Said ClassNow = new("Value and loyalty: {0} → {1}", "价值与忠诚：{0} → {1}");
    private static readonly Said SpendNow = new("Spend that counts is {0} now", "计入的消费现为{0}");
    private static readonly Said LeftTo = new("Left {0} for headquarters", "从{0}转归总部");
    private static readonly Said CameTo = new("Came to {0}", "转会到{0}");

    private static readonly Dictionary<string, Said> Fields = new()
    {
        ["name"] = MembersWords.Name,
        ["phone"] = MembersWords.Phone,
        ["disputedPhone"] = new("disputed phone", "有争议的手机号"),
        ["gender"] = GenderTerms.Gender,
        ["birthday"] = MembersWords.Birthday,
        ["city"] = MembersWords.City,
        ["address"] = MembersWords.Address,
        ["dealerId"] = MembersWords.Dealer,
        ["hobbies"] = MembersWords.Hobbies,
        ["vehicles"] = MembersWords.Cars,
        ["openIds"] = new("WeChat", "微信"),
        ["unionId"] = new("WeChat union", "微信主体"),
        ["externalIds"] = new("other systems", "外部系统"),
        ["referrerCard"] = new("referrer", "推荐人"),
        ["valueClass"] = new("value class", "价值分类"),
        ["loyaltyClass"] = new("loyalty class", "忠诚分类"),
    };

    /// <summary>Why the club itself did something.</summary>
    private static readonly Dictionary<string, Said> Reasons = new()
    {
        ["earned"] = new("earned", "达到条件"),
        ["granted"] = new("given by staff", "人工授予"),
        ["grant-ended"] = new("what was given has ended", "授予到期"),
        ["merge"] = new("merged", "会员合并"),
        ["member"] = new("by herself", "会员本人"),
        ["opted-out"] = new("she wants no messages", "会员不接收短信"),
        ["no-consent"] = new("she did not agree", "会员未同意"),
        ["no-phone"] = new("no phone is known", "没有手机号"),
        ["too-late"] = new("it was too late", "已过发送时间"),
        ["over"] = new("it has ended", "事由已结束"),
        ["told-before"] = new("she was told before", "此前已通知"),
        ["not-a-member"] = new("she was no member", "已非会员"),
        ["wechat-unsubscribe"] = new("unfollowed on WeChat", "取消关注公众号"),
        ["erased"] = new("the other was erased", "另一登记人已注销"),
        ["inactivity"] = new("not seen for too long", "长期无活动"),
        ["transaction"] = new("by a transaction", "发生交易"),
        ["dealer"] = new("at a dealer", "经销商"),
        ["hq"] = new("at headquarters", "总部"),
    };

    /// <summary>Words of the club and of sources; one without a word here is shown as it is.</summary>
    public static Said OfReason(string reason) => Reasons.TryGetValue(reason, out var said) ? said : Terms.Source(reason);

    /// <summary>The kind alone.</summary>
    public static Said OfKind(MemberEventKind kind) => kind switch
    {
        MemberEventKind.Joined => new("Joined", "入会"),
        MemberEventKind.TierChanged => new("Tier changed", "等级变更"),
        MemberEventKind.Merged => new("Merged", "合并"),
        MemberEventKind.ConsentChanged => new("Consent", "短信同意"),
        MemberEventKind.Left => new("Left", "退会"),
        MemberEventKind.Returned => new("Came back", "重新入会"),
        MemberEventKind.Lapsed => new("Membership lapsed", "会籍失效"),
        MemberEventKind.TierGranted => new("Tier given", "授予等级"),
        MemberEventKind.TierGrantWithdrawn => new("Tier taken back", "收回等级"),
        MemberEventKind.DisputeSettled => new("Dispute settled", "争议裁定"),
        MemberEventKind.ProfileChanged => new("Profile changed", "资料变更"),
        MemberEventKind.SmsPlanned => new("Text message planned", "计划短信"),
        MemberEventKind.SmsSuppressed => new("Text message not sent", "短信未发送"),
        MemberEventKind.SmsSent => new("Text message sent", "短信已发送"),
        MemberEventKind.SmsDelivered => new("Text message delivered", "短信已送达"),
        MemberEventKind.SmsFailed => new("Text message failed", "短信发送失败"),
        MemberEventKind.BenefitUsed => new("Benefit used", "使用礼遇"),
        MemberEventKind.BenefitUseUndone => new("Benefit use taken back", "撤销礼遇使用"),
        MemberEventKind.Transferred => new("Transferred", "转会"),
        MemberEventKind.ClassChanged => new("Value or loyalty changed", "价值忠诚分级变更"),
        MemberEventKind.OrderPlaced => new("Gift ordered", "兑换下单"),
        MemberEventKind.OrderConfirmed => new("Order confirmed", "订单确认"),
        MemberEventKind.OrderShipped => new("Order sent", "订单发货"),
        MemberEventKind.OrderReady => new("Order ready", "订单可取"),
        MemberEventKind.OrderDone => new("Order done", "订单完成"),
        MemberEventKind.OrderCancelled => new("Order cancelled", "订单取消"),
        _ => new($"{kind}", $"{kind}"),
    };

    public static Said Tell(MemberEvent happened, Programme rules) => happened.Kind switch
    {
        MemberEventKind.TierChanged => TierNow.With(Tier(happened.From, rules), Tier(happened.To, rules)),
        MemberEventKind.TierGranted => TierGiven.With(Tier(happened.To, rules), happened.Until is { } until ? Show.Day(until) : ""),
        MemberEventKind.TierGrantWithdrawn => About(happened.Kind, Tier(happened.From, rules)),
        MemberEventKind.Merged => MergedFrom.With(happened.From),
        MemberEventKind.ClassChanged when happened.From != happened.To => ClassNow.With(happened.From ?? "–", happened.To ?? "–"),
        MemberEventKind.ClassChanged => SpendNow.With(Show.Money(happened.Spend?.Yuan ?? 0)),
        MemberEventKind.ConsentChanged => happened.To == "sms" ? Agreed : Disagreed,
        MemberEventKind.DisputeSettled => happened.To == "owner" ? IsOwner : IsNotOwner,
        MemberEventKind.ProfileChanged => Changed(happened.Changed ?? []),
        MemberEventKind.Transferred when happened.To is null => LeftTo.With(happened.From),
        MemberEventKind.Transferred => happened.From is { } from ? MovedTo.With(from, happened.To) : CameTo.With(happened.To),
        MemberEventKind.BenefitUsed or MemberEventKind.BenefitUseUndone =>
            About(happened.Kind, rules.FindBenefit(happened.Subject ?? "")?.Name ?? happened.Subject),
        MemberEventKind.Joined when happened.DealerId is { } dealer => About(happened.Kind, dealer),
        _ => happened.Subject is { } subject ? About(happened.Kind, subject) : OfKind(happened.Kind),
    };

    /// <summary>Whether its reason was written by staff, in words of their own.</summary>
    public static bool IsTold(MemberEventKind kind) => kind is MemberEventKind.TierGranted or MemberEventKind.TierGrantWithdrawn
        or MemberEventKind.Transferred or MemberEventKind.DisputeSettled or MemberEventKind.BenefitUseUndone;

    private static Said About(MemberEventKind kind, string? what) =>
        new($"{OfKind(kind).En}: {what}", $"{OfKind(kind).Zh}：{what}");

    private static Said Changed(IReadOnlyList<string> names) => new(
        ChangedThese.With(string.Join(", ", names.Select(name => Field(name).En))).En,
        ChangedThese.With(string.Join('、', names.Select(name => Field(name).Zh))).Zh);

    private static Said Field(string name) => Fields.TryGetValue(name, out var said) ? said : new Said(name, name);

    private static string? Tier(string? code, Programme rules) =>
        code is null ? null : rules.FindTier(new Kernel.TierCode(code))?.Name ?? code;
}
