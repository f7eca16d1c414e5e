using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Access;
using Club.Kernel;
using Club.Store;

namespace Club.Programmes;

/// <summary>Since when a dealer's plan has no force, and until when.</summary>
/// <param name="Until">Null: until somebody lets it have force again.</param>
public sealed record PlanPause(DateTimeOffset From, DateTimeOffset? Until, string Reason, ActingPerson? By);

/// <param name="From">From when on it judges.</param>
public sealed record PlanLine(int Number, DateTimeOffset From, DateTimeOffset WrittenAt, ActingPerson Author);

/// <summary>The state of a dealer's plan: which versions there are, and when none of them has force. Replaced under its ETag by whoever
/// writes, together with the version that is new.</summary>
public sealed record DealerPlan : IStored<DealerPlan>
{
    public const string Id = "plan", CodeIndex = "dealerPlan";

    public required DealerId DealerId { get; init; }

    /// <summary>In the order in which they were written.</summary>
    public required IReadOnlyList<PlanLine> Versions { get; init; }

    /// <summary>In their order; only the last can be open.</summary>
    public IReadOnlyList<PlanPause> Pauses { get; init; } = [];

    /// <summary>The partition of everything about one dealer.</summary>
    public static string PartitionOf(DealerId dealer) => $"dealer:{dealer}";

    static string IStored<DealerPlan>.DocumentType => "dealerPlan";
    static JsonTypeInfo<DealerPlan> IStored<DealerPlan>.JsonType => ProgrammesDocuments.Default.DealerPlan;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => new([new(CodeIndex, DealerId)]);
}

/// <summary>One version of a dealer's plan as it was written. Never changed.</summary>
public sealed record PlanVersion : IStored<PlanVersion>
{
    public required DealerId DealerId { get; init; }
    public required PlanLine Line { get; init; }

    /// <summary>Rules and care, as the dealer wrote them.</summary>
    public required JsonElement Plan { get; init; }

    public static string IdOf(int number) => $"plan:{number}";
    static string IStored<PlanVersion>.DocumentType => "dealerPlanVersion";
    static JsonTypeInfo<PlanVersion> IStored<PlanVersion>.JsonType => ProgrammesDocuments.Default.PlanVersion;
    [JsonIgnore] public string DocumentId => IdOf(Line.Number);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
