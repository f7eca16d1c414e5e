using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Benefits;

/// <summary>What a member used of counted benefits: one document, replaced together with each use.</summary>
public sealed record BenefitState : IStored<BenefitState>
{
    public const string Id = "benefits";
    private const int PeriodsKept = 4;

    public required MemberId MemberId { get; init; }
    public IReadOnlyList<BenefitCount> Counts { get; init; } = [];

    static string IStored<BenefitState>.DocumentType => "benefits";
    static JsonTypeInfo<BenefitState> IStored<BenefitState>.JsonType => BenefitsDocuments.Default.BenefitState;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;

    public BenefitCount? Find(string benefit, DateOnly from) =>
        Counts.FirstOrDefault(count => count.Benefit == benefit && count.From == from);

    /// <summary>
    /// The state after a use, or after one was taken back. Of each benefit the newest periods are kept: a use of an older one can be taken
    /// back, but gives nothing any more.
    /// </summary>
    public BenefitState After(BenefitUse use)
    {
        if (use.Period is not { } period) return this;
        var before = Find(use.Benefit, period.From) ?? new BenefitCount(use.Benefit, period.From, use.Carried, 0);
        if (use.IsUndo && before.Used == 0) return this;
        var after = before with { Used = before.Used + (use.IsUndo ? -1 : 1) };
        return this with
        {
            Counts =
            [
                .. Counts.Where(count => count.Benefit != use.Benefit),
                .. Counts.Where(count => count.Benefit == use.Benefit && count.From != period.From).Append(after)
                .OrderByDescending(count => count.From).Take(PeriodsKept),
            ],
        };
    }
}

/// <summary>What was used of a benefit in one period.</summary>
/// <param name="From">The first day of the period.</param>
/// <param name="Carried">What the period took over; those are used first.</param>
public sealed record BenefitCount(string Benefit, DateOnly From, int Carried, int Used);

/// <param name="To">The last day; null for a tier without an end.</param>
public sealed record EntitlementPeriod(DateOnly From, DateOnly? To);
