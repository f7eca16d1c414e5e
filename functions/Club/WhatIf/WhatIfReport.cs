using Club.Kernel;

namespace Club.WhatIf;

/// <summary>As it is under the recorded history, and as it would be under the draft.</summary>
public readonly record struct Compared<T>(T Before, T After);

/// <param name="Members">Members played so far.</param>
/// <param name="Entries">Entries read so far.</param>
public sealed record WhatIfProgress(long Members, long Entries);

/// <summary>One step of a run: progress, or at last the report.</summary>
public sealed record WhatIfStep(WhatIfProgress? Progress, WhatIfReport? Report);

/// <summary>What a draft would have done with the recorded history.</summary>
/// <param name="Skipped">Transactions whose inputs are not kept with their entries: they count before and not after.</param>
/// <param name="Unaffordable">Redemptions that the points there would have been could not have paid for: what they lack is owed after.</param>
/// <param name="SamplePercent">How many of the members were played, by a choice that is always the same.</param>
/// <param name="MostAffected">By the change of the balance over all wallets at cost, the most first.</param>
public sealed record WhatIfReport(
    string Programme,
    string Version,
    DateOnly Today,
    decimal SamplePercent,
    long Members,
    long Entries,
    long Skipped,
    long Unaffordable,
    IReadOnlyList<WalletCompared> Wallets,
    IReadOnlyList<RuleCompared> Rules,
    IReadOnlyList<FunderCompared> Funders,
    IReadOnlyList<TierCompared> Tiers,
    IReadOnlyList<TierMove> TierMoves,
    IReadOnlyList<MemberCompared> MostAffected);

/// <param name="Issued">Accruals.</param>
/// <param name="Reversed">Taken back after returns.</param>
/// <param name="Expired">Lapsed.</param>
/// <param name="Redeemed">Spent, less what was given back.</param>
/// <param name="Balance">Unredeemed, debts included.</param>
/// <param name="Liability">Unredeemed points at the wallet's unit cost, in CNY; debts count for nothing.</param>
public sealed record WalletCompared(
    WalletCode Wallet,
    Compared<Points> Issued, Compared<Points> Reversed, Compared<Points> Expired, Compared<Points> Redeemed,
    Compared<Points> Balance, Compared<decimal> Liability);

public sealed record RuleCompared(string Rule, Compared<Points> Issued);

public sealed record FunderCompared(string Funder, Compared<Points> Issued);

public sealed record TierCompared(TierCode Tier, Compared<long> Members);

public sealed record TierMove(TierCode From, TierCode To, long Members);

/// <param name="Balance">In the default wallet of each.</param>
/// <param name="Liability">Over all wallets, in CNY.</param>
public sealed record MemberCompared(MemberId MemberId, Compared<Points> Balance, Compared<decimal> Liability, Compared<string> Tier);
