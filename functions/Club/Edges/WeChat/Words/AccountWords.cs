using System.Globalization;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Tiers;

namespace Club.Edges.WeChat;

/// <summary>What can be spent, of each wallet that has something, and what of it lapses next.</summary>
public sealed class PointsWord : IAnswersInWeChat
{
    public IReadOnlyList<string> Words { get; } = ["积分", "查积分", "余额"];

    public ValueTask<string> Answer(WeChatAsked asked, CancellationToken cancellation)
    {
        var (account, rules) = (asked.Account, asked.Rules);
        var first = rules.Current.DefaultWallet.Code;
        var sentences = new List<string> { $"您当前可用积分为{account.Available(first, rules.Today)}。" };
        foreach (var wallet in rules.Current.Wallets.Where(wallet => wallet.Code != first))
            if (account.Available(wallet.Code, rules.Today) is { IsZero: false } points)
                sentences.Add($"{wallet.Name}为{points}。");
        sentences.AddRange(rules.Current.Wallets
            .Select(wallet => Lapsing(wallet, account.Wallet(wallet.Code), rules.Today)).OfType<string>());
        return ValueTask.FromResult(string.Concat(sentences));
    }

    private static string? Lapsing(Wallet terms, WalletState wallet, DateOnly today)
    {
        var next = wallet.Lots.Where(lot => lot.Remaining.IsPositive && !lot.HasLapsed(today) && lot.LapsesOn is not null)
            .GroupBy(lot => lot.LapsesOn!.Value).MinBy(lots => lots.Key);
        return next is null ? null : string.Create(CultureInfo.InvariantCulture,
            $"其中{terms.Name}{next.Sum(lot => lot.Remaining)}将于{next.Key:yyyy年M月d日}到期。");
    }
}

/// <summary>The tier, how long it is kept, and what is missing for the next one.</summary>
public sealed class TierWord : IAnswersInWeChat
{
    public IReadOnlyList<string> Words { get; } = ["等级", "会员等级"];

    public ValueTask<string> Answer(WeChatAsked asked, CancellationToken cancellation)
    {
        var (programme, account) = (asked.Rules.Current, asked.Account);
        var text = $"您当前的会员等级为{NameOf(programme, account.Tier.Code)}";
        if (account.Tier.ValidUntil is { } until) text += string.Create(CultureInfo.InvariantCulture, $"，有效期至{until:yyyy年M月d日}");
        text += "。";
        var ways = TierRules.Progress(programme, account.EarnedTier, account.Activity, asked.Rules.Today);
        // What is met already but does not suffice says nothing of what is to be done.
        if (ways.Where(way => way.Missing > 0).MinBy(way => way.Missing / way.Need) is { } nearest)
            text += $"离{NameOf(programme, nearest.Tier)}{(ways.Count > 1 ? "最近的一项条件" : "")}还差{Missing(programme, nearest)}{Counting(programme, nearest)}。";
        return ValueTask.FromResult(text);
    }

    private static string Missing(Programme programme, TierProgress way) => way.Metric switch
    {
        Metric.Points => $"{Of(way)}{(way.Wallet is { } wallet && programme.FindWallet(wallet) is { } terms ? terms.Name : "积分")}",
        Metric.Spend => $"消费{Of(way)}元",
        _ => $"{Of(way)}次",
    };

    /// <summary>What counts, where not everything does.</summary>
    private static string Counting(Programme programme, TierProgress way) => way.Categories.Count == 0 ? ""
        : $"（只计{CategoryWords.Chinese(programme, way.Categories) ?? "部分消费"}）";

    private static string Of(TierProgress way) => way.Missing.ToString("0.##", CultureInfo.InvariantCulture);

    private static string NameOf(Programme programme, TierCode tier) => programme.FindTier(tier)?.Name ?? tier;
}

/// <summary>The card, to be shown where she pays.</summary>
public sealed class CardWord : IAnswersInWeChat
{
    public IReadOnlyList<string> Words { get; } = ["会员卡", "卡号"];

    public bool ShowsCard => true;

    public ValueTask<string> Answer(WeChatAsked asked, CancellationToken cancellation) =>
        ValueTask.FromResult($"您的会员卡号为{asked.CardNumber}。到店消费时请出示。");
}
