using Club.Kernel;

namespace Club.Programmes;

/// <summary>Categories in words, of messages and of what the club books by itself. The list of categories is open; of one without a word
/// here a rule book may still have a name.</summary>
public static class CategoryWords
{
    private sealed record Row(string English, string Chinese, bool IsBought = true);

    private static readonly Dictionary<string, Row> Rows = new(StringComparer.Ordinal)
    {
        ["vehicle"] = new("vehicle", "整车"), ["parts"] = new("parts", "配件"), ["labour"] = new("labour", "工时"),
        ["accessory"] = new("accessory", "附件"), ["insurance"] = new("insurance", "保险"), ["finance"] = new("finance", "金融"),
        ["rental"] = new("rental", "租车"), ["rescue"] = new("rescue", "救援"), ["goods"] = new("goods", "商品"),
        ["flight"] = new("flight", "航班"), ["alliance-flight"] = new("alliance flight", "联盟航班"), ["hotel"] = new("hotel", "酒店"),
        ["fuel"] = new("fuel", "加油"), ["dining"] = new("dining", "餐饮"), ["telecom"] = new("telecom", "通信"),
        ["grocery"] = new("grocery", "食品杂货"), ["baby"] = new("baby", "母婴"), ["household"] = new("household", "家居"),
        ["electronics"] = new("electronics", "电器"),
        ["activity"] = new("activity", "活动", false), ["activity-guest"] = new("guests at an activity", "活动同伴", false),
        ["referral"] = new("referral", "推荐购车", false), ["referred"] = new("bought on a referral", "受推荐购车", false),
        ["repurchase"] = new("repurchase", "再次购车", false), ["club-event"] = new("club event", "俱乐部活动", false),
        ["partner-event"] = new("event with a partner", "合作伙伴活动", false), ["survey"] = new("survey", "问卷调查", false),
        ["details"] = new("details given", "完善资料", false), ["interaction"] = new("interaction", "互动", false),
        ["sign-in"] = new("signing in", "签到", false), ["post"] = new("post", "发帖", false), ["share"] = new("share", "分享", false),
        ["like"] = new("like", "点赞", false), ["comment"] = new("comment", "评论", false), ["game"] = new("game", "游戏", false),
        ["test-drive"] = new("test drive", "试驾", false), ["coupon"] = new("voucher", "优惠券", false),
    };

    public static IEnumerable<string> Known => Rows.Keys;

    /// <returns>Null: there is no word for it.</returns>
    public static string? Find(string category, Language language) =>
        Rows.TryGetValue(category, out var row) ? language.Say(row.English, row.Chinese) : null;

    /// <summary>Whether somebody can have it by buying something.</summary>
    public static bool IsBought(string category) => Rows.TryGetValue(category, out var row) && row.IsBought;

    /// <summary>Several categories as members read them: the name of the rule that is for just these, else each by its word or by the name
    /// of the rule that is for it.</summary>
    /// <returns>Null: one of them has neither.</returns>
    public static string? Chinese(Programme programme, IReadOnlyList<string> categories)
    {
        if (RuleFor(programme, categories) is { } one) return one;
        var words = categories.Select(category => Find(category, Language.Chinese) ?? RuleFor(programme, [category])).ToArray();
        return words.Contains(null) ? null : string.Join("、", words);
    }

    private static string? RuleFor(Programme programme, IReadOnlyList<string> categories) => programme.Earning.FirstOrDefault(rule =>
        rule.Name != rule.Id && rule.When is [Condition.OneOf { Dimension: Dimension.Category } of]
        && of.Values.ToHashSet().SetEquals(categories))?.Name;
}
