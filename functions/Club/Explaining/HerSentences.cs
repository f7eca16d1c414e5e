using System.Globalization;
using Club.Activities;
using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Referrals;

namespace Club.Explaining;

/// <summary>An entry as its member reads it, in Chinese and in the rule book's words: no code, no id but a bill's own number, nobody who
/// pays. Pure.</summary>
internal sealed class HerSentences(Programme? programme, Entry entry)
{
    /// <summary>What fits into a message besides the rest.</summary>
    private const int Most = 6;

    /// <param name="activity">The name of the activity that it is for; null: of none.</param>
    /// <param name="reason">Why it was adjusted; null: it was not, or nobody knows any more.</param>
    public static IReadOnlyList<string> Of(Programme? programme, Entry entry, string? activity, string? reason)
    {
        var say = new HerSentences(programme, entry);
        var sentences = new List<string> { say.Header(activity) };
        var told = entry.Explanation.Where(say.IsTold).ToArray();
        foreach (var line in told.Take(Most)) sentences.AddRange(say.Line(line, reason));
        if (told.Length - Most is > 0 and var more) sentences.Add($"另有{more}行。");
        if (entry.Cause is Cause.Accrual)
            sentences.AddRange(entry.Lots.Where(lot => lot.Points.IsPositive && lot.Lot != Ledger.Lot.Debt).Take(Most).Select(Lot));
        if (say.Nearest() is { } nearest) sentences.Add(nearest);
        return sentences;
    }

    private bool IsOwn => OwnSource.Is(entry.Source);

    private string Header(string? activity)
    {
        var points = entry.Points.IsNegative ? -entry.Points : entry.Points;
        var what = entry.Kind switch
        {
            EntryKind.Accrual => $"{Origin(activity)}，{Wallet}获得{points}分",
            EntryKind.Reversal => $"{(IsOwn ? $"{Origin(activity)}更正" : $"退货{entry.SourceId}")}，{Wallet}扣回{points}分",
            EntryKind.Expiry => $"{Wallet}有{points}分过期失效",
            EntryKind.Release => $"{Wallet}的待生效积分生效",
            EntryKind.Redemption => $"从{Wallet}兑换{points}分",
            EntryKind.Refund => $"退还{points}分到{Wallet}",
            EntryKind.TransferOut => $"从{Wallet}转出{points}分",
            EntryKind.TransferIn => $"{Wallet}转入{points}分",
            EntryKind.Donation => $"从{Wallet}捐赠{points}分",
            EntryKind.ExchangeOut => $"从{Wallet}换出{points}分",
            EntryKind.ExchangeIn => $"换入{points}分到{Wallet}",
            EntryKind.Adjustment when entry.Points.IsNegative => $"调整扣减{Wallet}{points}分",
            EntryKind.Adjustment => $"调整增加{Wallet}{points}分",
            _ => throw new NotSupportedException($"There are no words for {entry.Kind}."),
        };
        return string.Create(CultureInfo.InvariantCulture,
            $"{entry.On:yyyy年M月d日}{what}。余额由{entry.BalanceBefore}变为{entry.Balance}。");
    }

    /// <summary>For what it is. A bill has a number that she knows; what the club books has a name.</summary>
    private string Origin(string? activity) => entry.Source switch
    {
        SignUpRules.Source => activity is null ? "参加活动" : $"参加活动“{activity}”",
        ReferralRules.Source => "推荐购车",
        RepurchaseRules.Source => "再次购车",
        Interactions.Source => "会员互动",
        _ when IsOwn => "俱乐部奖励",
        _ => $"单据{entry.SourceId}",
    };

    /// <summary>That a line gives nothing says something only where none does.</summary>
    private bool IsTold(Explanation line) => entry.Kind != EntryKind.Release
        && (entry.Kind != EntryKind.Accrual || line.Rule is not null || entry.Explanation.All(other => other.Rule is null));

    private IEnumerable<string> Line(Explanation line, string? reason)
    {
        var arithmetic = Arithmetic(line);
        var why = arithmetic.Length > 0 ? $":{arithmetic}" : "";
        yield return entry.Kind switch
        {
            EntryKind.Accrual when line.Rule is null => $"{What(line)}没有规则给予积分。",
            EntryKind.Accrual => $"{What(line)}{(NameOf(line.Rule) is { } name ? $"“{name}”" : "")}给予{line.Points}分{why}。",
            EntryKind.Reversal => $"{What(line)}扣回{-line.Points}分{why}。",
            EntryKind.Expiry => $"{-line.Points}分{why}。",
            EntryKind.Adjustment when line.Calculation is { How: How.Adjusted } && reason is not null => $"{arithmetic}:{reason}。",
            _ => $"{arithmetic}。",
        };
        foreach (var cut in line.Cuts ?? [])
            yield return cut.Per is { } per ? $"{Per(per)}封顶{cut.Limit}分,此前已用{cut.Used}分,少给{cut.Points}分。"
                : $"因预算所限,少给{cut.Points}分。";
    }

    /// <summary>Which line of a bill. What the club books has lines that she never saw.</summary>
    private string What(Explanation line)
    {
        if (IsOwn || line.LineId is null) return "";
        var category = line.Category is { } code && programme is not null ? CategoryWords.Chinese(programme, [code])
            : CategoryWords.Find(line.Category ?? "", Language.Chinese);
        var facts = new[] { category, line.Amount is { } amount ? $"{amount}元" : null }.OfType<string>();
        return $"第{line.LineId}行({string.Join(',', facts)}):";
    }

    /// <summary>Without margins, costs and lots: they are the club's.</summary>
    private static string Arithmetic(Explanation line) => line.Calculation switch
    {
        null => "",
        { How: How.Margin } margin => (margin with { How = How.Rate }).In(Language.Chinese),
        { How: How.Spent or How.Refunded or How.Transferred or How.Fee or How.Donated } moved =>
            (moved with { By = null }).In(Language.Chinese),
        _ => line.In(Language.Chinese),
    };

    private static string Lot(LotLine lot)
    {
        var spendable = (lot.AvailableOn, lot.Awaits) switch
        {
            (_, "delivered") => "交车后可用",
            (_, { }) => "待确认后可用",
            ({ } date, _) => string.Create(CultureInfo.InvariantCulture, $"自{date:yyyy年M月d日}起可用"),
            _ => "立即可用",
        };
        var until = lot.LapsesOn is { } lapses
            ? string.Create(CultureInfo.InvariantCulture, $"自{lapses:yyyy年M月d日}起失效") : "永久有效";
        return $"{lot.Points}分{spendable},{until}。";
    }

    /// <summary>What would have given more: the first that her next purchase can meet.</summary>
    private string? Nearest()
    {
        if (programme is null || IsOwn || entry.Cause is not Cause.Accrual { Inputs: { } inputs }
            || entry.ToTransaction() is not { } transaction) return null;
        var facts = inputs.ToFacts();
        foreach (var miss in NearMissRules.Of(programme, transaction, facts, EarningRules.Evaluate(programme, transaction, facts)))
            if (NameOf(miss.Rule.Id) is { } rule && miss.Failed is { } failed && !miss.OutOfDate
                && HerConditions.Tell(programme, failed, transaction.On) is { } wanted)
                return $"如{wanted},还可按“{rule}”获得积分。";
        return null;
    }

    private string? NameOf(string? rule) =>
        rule is not null && programme?.FindRule(rule) is { } known && known.Name != rule ? known.Name : null;

    private string Wallet => programme?.FindWallet(entry.Wallet)?.Name ?? "积分";

    private static string Per(CapPeriod per) => per switch
    {
        CapPeriod.Transaction => "每笔",
        CapPeriod.Day => "每日",
        CapPeriod.Month => "每月",
        CapPeriod.Year => "每年",
        _ => "终身",
    };
}
