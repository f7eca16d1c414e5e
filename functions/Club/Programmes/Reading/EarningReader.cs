using Club.Kernel;

namespace Club.Programmes;

/// <summary>What rules refer to, read before them.</summary>
/// <param name="HasClasses">Whether members are told apart by spend and visits.</param>
internal sealed record RuleSurroundings(
    IReadOnlyList<Wallet> Wallets,
    IReadOnlyList<Tier> Tiers,
    DealerNetwork Dealers,
    Rounding Rounding,
    IReadOnlyList<StackingGroup> Groups,
    IReadOnlyList<Budget> Budgets,
    IReadOnlyList<Funder> Funders,
    IReadOnlyList<Margin> Margins,
    bool HasClasses)
{
    /// <summary>False for a dealer's plan, which has the dealer's own.</summary>
    public bool MayUseBudgets { get; init; } = true;
}

/// <summary>Reads the earning rules.</summary>
internal sealed class EarningReader(RuleSurroundings surroundings)
{
    private readonly ConditionReader _conditions = new(surroundings.Tiers, surroundings.Dealers, surroundings.HasClasses);
    private readonly AwardReader _awards = new(surroundings.Margins);

    /// <returns>Null when there is none.</returns>
    public static Rounding? ReadRounding(JsonCursor place)
    {
        if (!place.Has(ProgrammeFormat.Rounding)) return null;
        var mode = place["mode"].Word(ProgrammeFormat.Words<RoundingMode>()) ?? default;
        var to = place["to"].Number(0, 1);
        if (to is null or 0.01m or 1m) return new Rounding(mode, to == 1m ? Kernel.Points.Of(1) : new Kernel.Points(1));
        place["to"].Error($"{place["to"].Shown} is neither 0.01 nor 1.");
        return null;
    }

    public IReadOnlyList<EarningRule> Read(JsonCursor place)
    {
        var ids = new UniqueCodes();
        var rules = new List<EarningRule>();
        var leaders = new Dictionary<string, EarningRule>(StringComparer.Ordinal);
        foreach (var item in place.Items())
        {
            if (!item.Has(ProgrammeFormat.EarningRule)) continue;
            var rule = ReadRule(item);
            ids.Add(item["id"], rule.Id.Length > 0 ? rule.Id : null);
            if (rule.Group is not null && !leaders.TryAdd(rule.Group, rule)) CheckRival(item, leaders[rule.Group], rule);
            rules.Add(rule);
        }
        return rules;
    }

    public EarningRule ReadRule(JsonCursor item)
    {
        var id = item["id"].Code() ?? "";
        var (from, to) = (item["from"].Date(), item["to"].Date());
        if (to < from) item["to"].Error($"{item["to"].Shown} is before \"from\".");
        var wallet = WalletReader.Find(item["wallet"], surroundings.Wallets);
        return new EarningRule(
            id,
            item["name"].Text() ?? id,
            _conditions.Read(item["when"]),
            _awards.Read(item["award"]),
            ReadRounding(item["rounding"]) ?? surroundings.Rounding,
            wallet,
            Known(item["group"], "group", surroundings.Groups.Count == 0 ? null : surroundings.Groups.Select(group => group.Code)),
            item["source"].Text(),
            from,
            to)
        {
            Priority = item["priority"].Whole(0, 1_000_000) ?? 0,
            Caps = FundingReader.ReadCaps(item["caps"]),
            Budget = ReadBudget(item["budget"]),
            Funding = FundingReader.ReadShares(item["funding"], surroundings.Funders),
            Pending = ReadPending(item["pending"]),
            Expiry = item["expiry"].Exists ? ReadExpiry(item["expiry"], wallet) : null,
        };
    }

    private string? ReadBudget(JsonCursor place)
    {
        if (surroundings.MayUseBudgets || !place.Exists) return Known(place, "budget", surroundings.Budgets.Select(budget => budget.Code));
        place.Error("a dealer's plan may use no budget of the rule book: the dealer's own pays for it.");
        return null;
    }

    /// <summary>A code that must be among those known; null: any.</summary>
    private static string? Known(JsonCursor place, string what, IEnumerable<string>? codes)
    {
        var code = place.Code();
        if (code is not null && codes?.Contains(code) == false) place.Error($"there is no {what} {place.Shown}{Nearest.Hint(code, codes)}");
        return code;
    }

    private static Pending? ReadPending(JsonCursor place)
    {
        if (!place.Has(ProgrammeFormat.Pending)) return null;
        return place.ExactlyOne("until", "days", "event") switch
        {
            "until" => place["until"].Date() is { } date ? new Pending.Until(date) : null,
            "days" => place["days"].Whole(1, 3660) is { } days ? new Pending.Days(days) : null,
            "event" => place["event"].Text() is { } name ? new Pending.Event(name) : null,
            _ => null,
        };
    }

    private ExpiryPolicy ReadExpiry(JsonCursor place, WalletCode wallet)
    {
        var expiry = WalletReader.ReadExpiry(place);
        if (expiry is ExpiryPolicy.Inactivity) place["kind"].Error("inactivity is a term of a wallet as a whole, not of one rule.");
        else if (expiry is not ExpiryPolicy.Never && surroundings.Wallets.FirstOrDefault(known => known.Code == wallet)?.Expiry
            is ExpiryPolicy.Inactivity)
            place["kind"].Error($"only \"never\" goes with the wallet \"{wallet}\", all of whose points lapse together by inactivity.");
        return expiry;
    }

    /// <summary>Only like can be compared with like: the rules of a group give the same kind of award into the same wallet.</summary>
    private static void CheckRival(JsonCursor item, EarningRule leader, EarningRule rule)
    {
        if (KindOf(leader.Award) != KindOf(rule.Award))
            item["group"].Error($"\"{rule.Group}\" mixes awards {KindOf(leader.Award)} and {KindOf(rule.Award)}.");
        if (leader.Wallet != rule.Wallet)
            item["group"].Error($"\"{rule.Group}\" mixes the wallets \"{leader.Wallet}\" and \"{rule.Wallet}\".");
    }

    private static string KindOf(Reward award) => award.Pass switch
    {
        EarningPass.Multiplier => "by multiplier",
        EarningPass.Transaction => "per transaction",
        _ => "per line",
    };
}
