using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Transactions;

namespace Club.Explaining;

/// <summary>What the ledger says about an entry, as sentences for people.</summary>
internal sealed class Sentences(Language language, Programme? programme)
{
    public string Header(Entry entry) => (entry.Cause, language) switch
    {
        (Cause.Accrual, Language.English) =>
            $"{entry.Source} {entry.SourceId} of {entry.On:yyyy-MM-dd} earned {entry.Points} in wallet {entry.Wallet}, judged by version {entry.ProgrammeVersion} of the programme. The balance went from {entry.BalanceBefore} to {entry.Balance}.",
        (Cause.Accrual, _) =>
        $"{entry.On:yyyy-MM-dd}的{entry.Source} {entry.SourceId}在{WalletName(entry.Wallet)}获得{entry.Points}分,依据规则书{entry.ProgrammeVersion}版。余额由{entry.BalanceBefore}变为{entry.Balance}。",
        (Cause.Reversal, Language.English) =>
        $"{entry.Source} {entry.SourceId} of {entry.On:yyyy-MM-dd} took back {-entry.Points} in wallet {entry.Wallet}. The balance went from {entry.BalanceBefore} to {entry.Balance}.",
        (Cause.Reversal, _) =>
        $"{entry.On:yyyy-MM-dd}的{entry.Source} {entry.SourceId}从{WalletName(entry.Wallet)}扣回{-entry.Points}分。余额由{entry.BalanceBefore}变为{entry.Balance}。",
        (Cause.Expiry, Language.English) =>
        $"{-entry.Points} lapsed in wallet {entry.Wallet} on {entry.On:yyyy-MM-dd}. The balance went from {entry.BalanceBefore} to {entry.Balance}.",
        (Cause.Expiry, _) =>
        $"{entry.On:yyyy-MM-dd}{WalletName(entry.Wallet)}有{-entry.Points}分过期失效。余额由{entry.BalanceBefore}变为{entry.Balance}。",
        (Cause.Moved, _) => Moved(entry),
        (Cause.Release, Language.English) => $"Pending points of wallet {entry.Wallet} became spendable on {entry.On:yyyy-MM-dd}.",
        _ => $"{WalletName(entry.Wallet)}的待生效积分于{entry.On:yyyy-MM-dd}生效。",
    };

    /// <summary>What somebody asked for.</summary>
    private string Moved(Entry entry)
    {
        var points = entry.Points.IsNegative ? -entry.Points : entry.Points;
        var what = entry.Kind switch
        {
            EntryKind.Redemption => language.Say($"{points} spent from wallet {entry.Wallet}", $"从{WalletName(entry.Wallet)}兑换{points}分"),
            EntryKind.Refund => language.Say($"{points} given back to wallet {entry.Wallet}", $"退还{points}分到{WalletName(entry.Wallet)}"),
            EntryKind.TransferOut => language.Say($"{points} given away from wallet {entry.Wallet}", $"从{WalletName(entry.Wallet)}转出{points}分"),
            EntryKind.TransferIn => language.Say($"{points} received in wallet {entry.Wallet}", $"{WalletName(entry.Wallet)}转入{points}分"),
            EntryKind.Donation => language.Say($"{points} donated from wallet {entry.Wallet}", $"从{WalletName(entry.Wallet)}捐赠{points}分"),
            EntryKind.ExchangeOut => language.Say($"{points} exchanged out of wallet {entry.Wallet}", $"从{WalletName(entry.Wallet)}换出{points}分"),
            EntryKind.ExchangeIn => language.Say($"{points} exchanged into wallet {entry.Wallet}", $"换入{points}分到{WalletName(entry.Wallet)}"),
            EntryKind.Adjustment when entry.Points.IsNegative =>
                language.Say($"{points} taken from wallet {entry.Wallet} by an adjustment", $"调整扣减{WalletName(entry.Wallet)}{points}分"),
            EntryKind.Adjustment => language.Say($"{points} added to wallet {entry.Wallet} by an adjustment",
                $"调整增加{WalletName(entry.Wallet)}{points}分"),
            _ => throw new NotSupportedException($"There are no words for {entry.Kind}."),
        };
        return language.Say($"{what} on {entry.On:yyyy-MM-dd}. The balance went from {entry.BalanceBefore} to {entry.Balance}.",
            $"{entry.On:yyyy-MM-dd}{what}。余额由{entry.BalanceBefore}变为{entry.Balance}。");
    }

    public string Line(Cause cause, Explanation line, string arithmetic)
    {
        var what = line.LineId is null
            ? language.Say("The transaction as a whole", "整笔交易")
            : language.Say($"Line {line.LineId} ({line.Category}, {line.Amount} CNY)", $"第{line.LineId}行({line.Category},{line.Amount}元)");
        return (cause, line.Rule) switch
        {
            (Cause.Accrual, null) => language.Say($"{what}: no rule gives points.", $"{what}:没有规则给予积分。"),
            (Cause.Accrual, { } rule) =>
            language.Say($"{what}: rule {NameOf(rule)} gave {line.Points}: {arithmetic}.",
            $"{what}:规则{NameOf(rule)}给予{line.Points}分:{arithmetic}。"),
            (Cause.Reversal, _) when line.Calculation is null =>
                language.Say($"{what}: {-line.Points} taken back.", $"{what}:扣回{-line.Points}分。"),
            (Cause.Reversal, _) =>
                language.Say($"{what}: {-line.Points} taken back: {arithmetic}.", $"{what}:扣回{-line.Points}分:{arithmetic}。"),
            (Cause.Expiry, _) => language.Say($"{-line.Points}: {arithmetic}.", $"{-line.Points}分:{arithmetic}。"),
            _ => language.Say($"{arithmetic}.", $"{arithmetic}。"),
        };
    }

    public string Cut(CapCut cut)
    {
        if (cut.Cap.StartsWith("budget:", StringComparison.Ordinal))
            return language.Say(
                $"The budget {cut.Cap[7..]} of {cut.Limit} had {Points.Max(Points.Zero, cut.Limit - cut.Used)} left: {cut.Points} not given.",
                $"预算{cut.Cap[7..]}共{cut.Limit}分,仅剩{Points.Max(Points.Zero, cut.Limit - cut.Used)}分,少给{cut.Points}分。");
        if (cut.Cap.StartsWith(PlanBudgetRules.Budget, StringComparison.Ordinal))
            return language.Say(
                $"The dealer's budget ({cut.Cap[PlanBudgetRules.Budget.Length..]}), worth {cut.Limit}, had {Points.Max(Points.Zero, cut.Limit - cut.Used)} left: {cut.Points} not given.",
                $"经销商预算({cut.Cap[PlanBudgetRules.Budget.Length..]})折合{cut.Limit}分,仅剩{Points.Max(Points.Zero, cut.Limit - cut.Used)}分,少给{cut.Points}分。");
        return language.Say(
            $"The cap of {cut.Limit} {Per(cut.Per)} ({cut.Cap}) left out {cut.Points}; {cut.Used} was used before.",
            $"{Per(cut.Per)}封顶{cut.Limit}分({cut.Cap}),此前已用{cut.Used}分,少给{cut.Points}分。");
    }

    public string Funding(IReadOnlyList<Funding> funding)
    {
        var shares = string.Join(language.Say(", ", "、"), funding.Select(share => $"{FunderName(share.Funder)} {share.Points}"));
        return language.Say($"Paid for by {shares}.", $"出资:{shares}。");
    }

    public string Lot(LotLine lot)
    {
        var spendable = (lot.AvailableOn, lot.Awaits) switch
        {
            (_, { } awaited) => language.Say($"can be spent once \"{awaited}\" is confirmed", $"待“{awaited}”确认后可用"),
            ({ } date, _) => language.Say($"can be spent from {date:yyyy-MM-dd}", $"自{date:yyyy-MM-dd}起可用"),
            _ => language.Say("can be spent at once", "立即可用"),
        };
        var until = lot.LapsesOn is { } lapses
            ? language.Say($"and no longer count from {lapses:yyyy-MM-dd}", $"自{lapses:yyyy-MM-dd}起失效")
            : language.Say("and never lapse", "永久有效");
        return language.Say($"{lot.Points} {spendable} {until}.", $"{lot.Points}分{spendable},{until}。");
    }

    public string NearMiss(NearMiss miss, string was)
    {
        var rule = NameOf(miss.Rule.Id);
        var where = miss.LineId is null ? "" : language.Say($"Line {miss.LineId}: ", $"第{miss.LineId}行:");
        if (miss.OutOfDate)
            return where + language.Say(
                $"rule {rule} judges only what happens {new Conditions(language).Dates(new DateRange(miss.Rule.From, miss.Rule.To))}.",
                $"规则{rule}只适用于{new Conditions(language).Dates(new DateRange(miss.Rule.From, miss.Rule.To))}。");
        if (miss.OutdoneBy is { } winner)
            return where + language.Say($"rule {rule} holds too, and rule {NameOf(winner)} of the same group was taken.",
                $"规则{rule}也符合,同组取规则{NameOf(winner)}。");
        if (miss.Failed is not { } failed)
            return where + language.Say($"rule {rule} holds and comes to 0.", $"规则{rule}符合,但结果为0。");
        var wanted = new Conditions(language).Text(failed);
        return where + language.Say($"rule {rule} nearly held: it wants {wanted}, and it was {was}.",
            $"规则{rule}差一个条件:要求{wanted},实际为{was}。");
    }

    private string Per(CapPeriod? per) => per switch
    {
        CapPeriod.Transaction => language.Say("a transaction", "每笔"),
        CapPeriod.Day => language.Say("a day", "每日"),
        CapPeriod.Month => language.Say("a month", "每月"),
        CapPeriod.Year => language.Say("a year", "每年"),
        _ => language.Say("for ever", "终身"),
    };

    private string NameOf(string rule) => programme?.FindRule(rule) is { } known && known.Name != rule
        ? language.Say($"\"{rule}\" ({known.Name})", $"“{known.Name}”")
        : language.Say($"\"{rule}\"", $"“{rule}”");

    private string WalletName(WalletCode code) => programme?.FindWallet(code)?.Name ?? code;

    private string FunderName(string code) => programme?.Funders.FirstOrDefault(funder => funder.Code == code)?.Name ?? code;
}
