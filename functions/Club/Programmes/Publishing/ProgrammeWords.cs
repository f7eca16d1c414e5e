using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Club.Programmes;

/// <summary>How a person reads the members and values of a programme. A member without a word here is shown by its name.</summary>
internal static partial class ProgrammeWords
{
    private const int LongestValue = 160;

    /// <summary>Lists whose items are spoken of by themselves.</summary>
    private static readonly Dictionary<string, (string En, string Zh)> Subjects = new()
    {
        ["wallets"] = ("Wallet", "钱包"), ["earning"] = ("Rule", "规则"), ["tiers"] = ("Tier", "等级"), ["care"] = ("Care", "关怀"),
        ["groups"] = ("Group", "叠加组"), ["budgets"] = ("Budget", "预算"), ["funders"] = ("Funder", "出资方"), ["margins"] = ("Margin", "毛利"),
        ["regions"] = ("Region", "大区"), ["benefits"] = ("Benefit", "礼遇"), ["checks"] = ("Check", "核查"),
    };

    /// <summary>Members of the programme that are spoken of by themselves.</summary>
    private static readonly Dictionary<string, (string En, string Zh)> Chapters = new()
    {
        ["spending"] = ("Spending", "积分兑换"), ["value"] = ("Value", "客户价值"), ["careLimit"] = ("Care limit", "关怀频次"),
        ["branchPlans"] = ("Dealers' plans", "分会计划"),
    };

    /// <summary>Members that only hold others together.</summary>
    private static readonly HashSet<string> Wrappers = ["award", "dealers", "messages", "membership", "referrals", "repurchase"];

    /// <summary>Chinese only: the English word is the member's name, taken apart.</summary>
    private static readonly Dictionary<string, string> Chinese = new()
    {
        ["id"] = "编号", ["code"] = "代码", ["name"] = "名称", ["version"] = "版本", ["effectiveFrom"] = "生效日期", ["currency"] = "币种",
            ["source"] = "依据",
        ["wallets"] = "钱包", ["earning"] = "规则", ["tiers"] = "等级", ["care"] = "关怀", ["groups"] = "叠加组", ["budgets"] = "预算",
        ["funders"] = "出资方",
        ["margins"] = "毛利", ["regions"] = "大区", ["dealers"] = "经销商", ["messages"] = "消息", ["weChatWelcome"] = "微信欢迎语",
        ["scope"] = "使用范围", ["unit"] = "单位", ["unitCost"] = "每分成本", ["negativeBalance"] = "负余额", ["approveAbove"] = "单笔审批线",
        ["expiry"] = "有效期", ["kind"] = "方式",
        ["months"] = "月数", ["month"] = "月份", ["day"] = "日", ["yearsAhead"] = "顺延年数", ["rounding"] = "取整", ["mode"] = "取整方式", ["to"] = "止",
        ["from"] = "起", ["when"] = "条件", ["all"] = "全部满足", ["any"] = "任一满足", ["none"] = "均不满足", ["award"] = "奖励",
        ["rate"] = "每元积分", ["fixed"] = "固定积分", ["steps"] = "阶梯", ["points"] = "积分", ["margin"] = "毛利率", ["multiplier"] = "倍数",
        ["of"] = "针对",
        ["per"] = "每", ["group"] = "叠加组", ["stacking"] = "叠加方式", ["priority"] = "优先级", ["caps"] = "上限", ["budget"] = "预算",
        ["funding"] = "出资",
        ["funder"] = "出资方", ["percent"] = "比例", ["pending"] = "待生效", ["until"] = "直到", ["days"] = "天数", ["event"] = "事件", ["wallet"] = "钱包",
        ["bands"] = "分段", ["scale"] = "系数", ["series"] = "各月毛利率", ["settleMonths"] = "结算月数",
        ["criteria"] = "条件", ["metric"] = "指标", ["categories"] = "品类", ["atLeast"] = "至少", ["moreThan"] = "大于", ["atMost"] = "至多",
        ["lessThan"] = "小于",
        ["windowMonths"] = "考察月数", ["validityMonths"] = "有效月数", ["graceMonths"] = "宽限月数", ["graceDays"] = "宽限天数", ["downgrade"] = "降级方式",
        ["benefits"] = "礼遇", ["count"] = "次数", ["carryOver"] = "可结转次数",
        ["occasion"] = "时机", ["template"] = "模板", ["daysBefore"] = "提前天数", ["minimumPoints"] = "最少积分", ["branches"] = "分会",
        ["withoutBranch"] = "未设分会",
        ["category"] = "品类", ["model"] = "车型", ["sku"] = "商品", ["amount"] = "金额", ["quantity"] = "数量", ["firstTime"] = "首次",
        ["dealer"] = "经销商",
        ["region"] = "大区", ["channel"] = "渠道", ["paymentMethod"] = "支付方式", ["campaign"] = "活动", ["bookedDaysAhead"] = "提前预约天数",
        ["hour"] = "时段",
        ["weekday"] = "星期", ["season"] = "季节", ["date"] = "日期", ["tier"] = "等级", ["memberMonths"] = "入会月数", ["birthdayMonth"] = "生日月",
        ["vehicleModel"] = "名下车型", ["vehicleMonths"] = "车龄月数", ["valueClass"] = "价值分级", ["loyaltyClass"] = "忠诚分级", ["hobby"] = "爱好",
        ["referral"] = "转介绍",
        ["spending"] = "积分兑换", ["pointValue"] = "每分抵扣金额", ["least"] = "最少积分", ["step"] = "积分步长", ["at"] = "使用地点", ["bills"] = "账单",
        ["leastShare"] = "最低积分占比", ["mostShare"] = "最高积分占比", ["partnerFactor"] = "合作伙伴处倍数", ["holdMinutes"] = "冻结分钟数",
        ["refundGraceDays"] = "退还宽限天数", ["limits"] = "兑换上限", ["transfers"] = "转赠", ["perYear"] = "每年次数", ["pointsPerYear"] = "每年积分",
        ["feePercent"] = "手续费", ["causes"] = "捐赠项目", ["overdraft"] = "透支", ["limit"] = "额度", ["atDeadline"] = "到期处理",
        ["membership"] = "会籍", ["lapsesAfterMonths"] = "会籍失效月数",
        ["value"] = "客户价值", ["classes"] = "价值分级线", ["D"] = "钻石", ["G"] = "黄金", ["total"] = "期间总消费", ["mean"] = "单次平均消费",
        ["item"] = "单项平均消费", ["visits"] = "到店", ["expectedDays"] = "预期间隔天数", ["leastDays"] = "最短间隔天数", ["mostDays"] = "最长间隔天数",
        ["apartDays"] = "并为一次的天数", ["lostAfter"] = "流失判定间隔数", ["strategies"] = "策略", ["cell"] = "分格", ["zh"] = "中文", ["en"] = "英文",
        ["weChat"] = "微信", ["url"] = "链接", ["data"] = "字段", ["channels"] = "渠道", ["holdout"] = "对照组比例", ["careLimit"] = "关怀频次", ["most"] = "最多",
        ["daysAfter"] = "之后天数", ["kilometres"] = "公里数", ["variants"] = "分人群文案",
        ["referrals"] = "转介绍", ["validDays"] = "报备有效天数",
        ["repurchase"] = "重购", ["validMonths"] = "有效月数", ["followUpDays"] = "回访间隔天数",
        ["branchPlans"] = "分会计划", ["conditions"] = "条件", ["rules"] = "最多规则数", ["turnOff"] = "可停发", ["reword"] = "可改写", ["leadDays"] = "可调整天数",
        ["checks"] = "假单核查", ["severity"] = "处置", ["anyOf"] = "应有品类", ["unless"] = "除外品类", ["times"] = "倍数",
    };

    public static (string En, string Zh)? SubjectOf(string list) => Subjects.TryGetValue(list, out var noun) ? noun : null;

    public static (string En, string Zh)? ChapterOf(string member) => Chapters.TryGetValue(member, out var noun) ? noun : null;

    public static bool IsWrapper(string member) => Wrappers.Contains(member);

    public static bool Knows(string member) => Chinese.ContainsKey(member);

    public static (string En, string Zh) Of(string member)
    {
        var plain = member.Length == 1 ? member : Humps().Replace(member, " $0").ToLower(CultureInfo.InvariantCulture);
        return (plain, Chinese.GetValueOrDefault(member, plain));
    }

    /// <summary>A value as the one of a member.</summary>
    /// <summary>What was and what is, in one unit: of a rate that passes one point for a yuan neither is read in percent.</summary>
    public static ((string En, string Zh) Before, (string En, string Zh) After) Values(string member, JsonElement before, JsonElement after)
    {
        if (member == "rate" && IsPercent(before) != IsPercent(after)) member = "";
        return (Value(member, before), Value(member, after));
    }

    private static bool IsPercent(JsonElement rate) =>
        rate.ValueKind == JsonValueKind.Number && rate.TryGetDecimal(out var number) && Math.Abs(number) < 1;

    public static (string En, string Zh) Value(string member, JsonElement value)
    {
        var (en, zh) = Whole(member, value);
        return (Short(en), Short(zh));
    }

    public static (string En, string Zh) List(List<JsonElement> values)
    {
        var texts = values.Select(value => Whole("", value)).ToList();
        return (Short(string.Join(", ", texts.Select(text => text.En))), Short(string.Join("、", texts.Select(text => text.Zh))));
    }

    /// <summary>A value as it stands, without quotation marks.</summary>
    public static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static (string En, string Zh) Whole(string member, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True: return ("yes", "是");
            case JsonValueKind.False: return ("no", "否");
            case JsonValueKind.Null: return ("nothing", "空");
            case JsonValueKind.Number: return Number(member, value);
            case JsonValueKind.String: return Text(value.GetString()!);
            case JsonValueKind.Array: return List([.. value.EnumerateArray()]);
            default:
                var members = value.EnumerateObject()
                    .Select(part => (Word: Of(part.Name), Value: Whole(part.Name, part.Value),
                    IsGroup: part.Value.ValueKind == JsonValueKind.Object)).ToList();
                return (
                    string.Join(", ", members.Select(part => part.IsGroup ? $"{part.Word.En} ({part.Value.En})"
                    : $"{part.Word.En} {part.Value.En}")),
                    string.Join("，", members.Select(part => part.IsGroup ? $"{part.Word.Zh}（{part.Value.Zh}）"
                    : $"{part.Word.Zh}{part.Value.Zh}")));
        }
    }

    /// <summary>A rate below one point for a yuan is read in percent, as in the explanation of an entry.</summary>
    private static (string En, string Zh) Number(string member, JsonElement value)
    {
        if (!value.TryGetDecimal(out var number)) return (value.GetRawText(), value.GetRawText());
        var isRate = member == "rate" && IsPercent(value);
        var text = (isRate ? number * 100 : number).ToString("0.############################", CultureInfo.InvariantCulture);
        return isRate || member is "percent" or "feePercent" ? ($"{text} %", $"{text}%") : (text, text);
    }

    private static (string En, string Zh) Text(string text) => Word().IsMatch(text) ? (text, text) : ($"\"{text}\"", $"“{text}”");

    private static string Short(string text)
    {
        if (text.Length <= LongestValue) return text;
        var end = char.IsHighSurrogate(text[LongestValue - 2]) ? LongestValue - 2 : LongestValue - 1;
        return new StringBuilder(text, 0, end, LongestValue).Append('…').ToString();
    }

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Humps();

    /// <summary>Codes, dates, versions: what needs no quotation marks.</summary>
    [GeneratedRegex(@"^[\w.:/+-]{1,40}$")]
    private static partial Regex Word();
}
