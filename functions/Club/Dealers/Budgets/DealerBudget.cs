using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Json.Serialization;
using Club.Access;
using Club.Kernel;
using Club.Store;

namespace Club.Dealers;

/// <summary>待审批 → 已批准 or 已驳回.</summary>
[JsonConverter(typeof(KebabCaseEnum<BudgetState>))]
public enum BudgetState { AwaitingApproval, Approved, Refused }

/// <summary>What was asked for a month, and what became of it.</summary>
/// <param name="Amount">In CNY; of the whole month, whatever was approved before.</param>
/// <param name="Refusal">Why it was refused.</param>
public sealed record BudgetAsked(int Number, Money Amount, string Purpose, BudgetState State, DateTimeOffset At, ActingPerson Author,
    DateTimeOffset? DecidedAt = null, ActingPerson? DecidedBy = null, string? Refusal = null);

/// <summary>What a dealer may spend on its branch in a month 月度预算. What is approved holds until another amount is.</summary>
public sealed record DealerBudget : IStored<DealerBudget>
{
    public const string Document = "dealerBudget", WhenIndex = "dealerBudget", StateIndex = "dealerBudgetState", DealerIndex = "dealerBudgetOf";

    /// <summary>So many requests for one month are told; more were never made in earnest.</summary>
    public const int MostAsked = 50;

    public required DealerId DealerId { get; init; }

    /// <summary>The calendar month, <c>yyyy-MM</c>.</summary>
    public required string Month { get; init; }

    /// <summary>In CNY; null: none yet.</summary>
    public Money? Approved { get; init; }

    /// <summary>The latest first. One request waits at most: it is the latest.</summary>
    public required IReadOnlyList<BudgetAsked> Asked { get; init; }

    [JsonIgnore] public BudgetAsked Latest => Asked[0];

    /// <summary>The allotment out of which is promised what is spent, in fen.</summary>
    [JsonIgnore] public string Allotment => AllotmentOf(DealerId, Month);

    public static string AllotmentOf(DealerId dealer, string month) => $"dealer-budget:{dealer}:{month}";

    public static string IdOf(string month) => $"budget:{month}";

    public static string MonthOf(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    static string IStored<DealerBudget>.DocumentType => Document;
    static JsonTypeInfo<DealerBudget> IStored<DealerBudget>.JsonType => DealersDocuments.Default.DealerBudget;
    [JsonIgnore] public string DocumentId => IdOf(Month);

    [JsonIgnore]
    public IndexKeys Index => new([new(WhenIndex, IndexKeys.Latest(Latest.At)), new(StateIndex, $"{Latest.State}"), new(DealerIndex, DealerId)]);
}
