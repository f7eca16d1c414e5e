using Club.Kernel;


namespace Club.Programmes;

/// <summary>
/// One brand's complete rule book, valid from construction on: read it with <see cref="ProgrammeReader"/> or <see cref="ProgrammeLoader"/>.
/// Immutable; may be shared by every thread.
/// </summary>
/// <param name="Name">The club's name as members read it.</param>
/// <param name="Version">Recorded with every entry that this book explains.</param>
/// <param name="EffectiveFrom">The first business date that this version judges.</param>
/// <param name="Wallets">The first is the default.</param>
/// <param name="Tiers">Lowest first. The first is held by everyone and has no criteria.</param>
/// <param name="Dealers">Empty when the programme does not say which dealers there are.</param>
public sealed record Programme(
    string Id,
    string Name,
    string Version,
    DateOnly EffectiveFrom,
    string Currency,
    IReadOnlyList<Wallet> Wallets,
    IReadOnlyList<EarningRule> Earning,
    IReadOnlyList<Tier> Tiers,
    IReadOnlyList<CareMessage> Care,
    DealerNetwork Dealers,
    ProgrammeMessages Messages)
{
    /// <summary>Stacking groups; a group that a rule names and that is not here takes the best of its rules.</summary>
    public IReadOnlyList<StackingGroup> Groups { get; init; } = [];

    /// <summary>The most that one member can get into a wallet, whatever the rules.</summary>
    public IReadOnlyList<WalletCap> Caps { get; init; } = [];

    public IReadOnlyList<Budget> Budgets { get; init; } = [];

    /// <summary>The first pays where a rule does not say who does.</summary>
    public IReadOnlyList<Funder> Funders { get; init; } = [];

    /// <summary>What the tiers give besides points.</summary>
    public IReadOnlyList<Benefit> Benefits { get; init; } = [];

    /// <summary>What points are good for; null: nothing yet.</summary>
    public Spending? Spending { get; init; }

    /// <summary>After so many months without any activity somebody is no member any more; null: never.</summary>
    public int? LapsesAfterMonths { get; init; }

    /// <summary>How members are told apart by spend and visits; null: they are not.</summary>
    public ValueTerms? Value { get; init; }

    /// <summary>How often marketing may speak to one member; null: as often as the care plan has something to say.</summary>
    public CareLimit? CareLimit { get; init; }

    /// <summary>Null: nobody is rewarded for naming a buyer.</summary>
    public ReferralTerms? Referrals { get; init; }

    /// <summary>Null: no owner is asked for another vehicle.</summary>
    public RepurchaseTerms? Repurchase { get; init; }

    /// <summary>Within what dealers may give by plans of their own; null: they have none.</summary>
    public BranchPlanTerms? BranchPlans { get; init; }

    /// <summary>What is looked at before a bill is booked.</summary>
    public IReadOnlyList<FraudCheck> Checks { get; init; } = [];

    public Wallet DefaultWallet => Wallets[0];

    public Wallet? FindWallet(WalletCode code)
    {
        foreach (var wallet in Wallets)
            if (wallet.Code == code) return wallet;
        return null;
    }

    public Tier? FindTier(TierCode code)
    {
        foreach (var tier in Tiers)
            if (tier.Code == code) return tier;
        return null;
    }

    public EarningRule? FindRule(string id)
    {
        foreach (var rule in Earning)
            if (rule.Id == id) return rule;
        return null;
    }

    public Benefit? FindBenefit(string code) => Benefits.FirstOrDefault(benefit => benefit.Code == code);

    public Budget? FindBudget(string code) => Budgets.FirstOrDefault(budget => budget.Code == code);

    public StackingGroup? FindGroup(string? code) => Groups.FirstOrDefault(group => group.Code == code);

    public Dealer? FindDealer(DealerId code) => Dealers.Find(code);

    /// <summary>Whether a transaction may come from this dealer. A programme that lists no dealers knows them all.</summary>
    public bool KnowsDealer(DealerId code) => Dealers.Regions.Count == 0 || Dealers.Find(code) is not null;

    /// <summary>Why a dealer that somebody names is none, with the nearest that is one; null: the programme knows it.</summary>
    /// <param name="path">Where it is named.</param>
    /// <returns>Problem <c>unknown-dealer</c>.</returns>
    public Problem? Unknown(DealerId code, string path) => KnowsDealer(code) ? null
        : new Problem("unknown-dealer", $"{path}: the programme has no dealer \"{code}\"{Nearest.Hint(code, Dealers.Codes)}", path);
}

/// <summary>Texts that the club says outside the care plan.</summary>
/// <param name="WeChatWelcome">The answer to whoever follows the WeChat account; null: none.</param>
public sealed record ProgrammeMessages(CareTemplate? WeChatWelcome = null);
