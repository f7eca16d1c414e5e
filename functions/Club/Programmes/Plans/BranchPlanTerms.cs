using Club.Kernel;

namespace Club.Programmes;

/// <summary>What dealers may give by plans of their own 分会计划, at their own cost: kinds of award, each with its most, and where they
/// count.</summary>
/// <param name="Funder">Who pays: the funder of the code <see cref="Dealer"/>.</param>
/// <param name="Rounding">What holds where a rule of a plan does not say.</param>
public sealed record BranchPlanTerms(string Funder, Rounding Rounding)
{
    /// <summary>The funder that is whichever dealer earned the points.</summary>
    public const string Dealer = "dealer";

    /// <summary>The most points for each CNY; null: no such award.</summary>
    public decimal? Rate { get; init; }

    /// <summary>The most points of a fixed award; null: no such award.</summary>
    public Points? Fixed { get; init; }

    /// <summary>The greatest factor; null: no such award.</summary>
    public decimal? Multiplier { get; init; }

    /// <summary>Into which a plan may give.</summary>
    public IReadOnlyList<WalletCode> Wallets { get; init; } = [];

    /// <summary>What a rule of a plan may ask about.</summary>
    public IReadOnlyList<Dimension> Conditions { get; init; } = [];

    /// <summary>The most rules of one plan.</summary>
    public required int Rules { get; init; }

    /// <summary>For how many days a rule may run.</summary>
    public required int Days { get; init; }

    /// <summary>How the rules of one plan meet.</summary>
    public Stacking Stacking { get; init; } = Stacking.Sum;

    /// <summary>What a plan may change of the care plan for members of its branch.</summary>
    public IReadOnlyList<BranchCareTerms> Care { get; init; } = [];

    public BranchCareTerms? CareOf(CareOccasion occasion) => Care.FirstOrDefault(one => one.Occasion == occasion);
}

/// <summary>How much earlier or later a plan may say something.</summary>
public static class BranchLeads
{
    extension(Programme programme)
    {
        /// <summary>In days; 0: when the rule book says it.</summary>
        public int LeadOf(CareMessage message) => programme.BranchPlans?.CareOf(message.Occasion)?.LeadDays ?? 0;

        /// <summary>The most of all occasions.</summary>
        public int WidestLead => programme.BranchPlans is { Care.Count: > 0 } terms ? terms.Care.Max(one => one.LeadDays) : 0;
    }
}

/// <summary>What a dealer may change of one occasion.</summary>
/// <param name="MayTurnOff">Whether nothing need be said; never of what a member must be told.</param>
/// <param name="MayReword">Whether it may be said in the dealer's words.</param>
/// <param name="LeadDays">By how many days it may be said earlier or later.</param>
public sealed record BranchCareTerms(CareOccasion Occasion, bool MayTurnOff, bool MayReword, int LeadDays);
