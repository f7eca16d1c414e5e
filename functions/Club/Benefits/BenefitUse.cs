using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Benefits;

/// <summary>One use of a benefit, or that one was taken back: never changed. Its id follows from the key, so that a repeat meets
/// it.</summary>
public sealed record BenefitUse : IStored<BenefitUse>
{
    public const string MemberIndex = "ownBenefit";

    public required string Id { get; init; }
    public required MemberId MemberId { get; init; }
    public required string Benefit { get; init; }

    /// <summary>The caller's idempotency key.</summary>
    public required string Key { get; init; }
    public DealerId? DealerId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The tier that gave it.</summary>
    public required TierCode Tier { get; init; }

    /// <summary>Null for a benefit that is not counted.</summary>
    public EntitlementPeriod? Period { get; init; }

    /// <summary>What the period had taken over.</summary>
    public int Carried { get; init; }

    /// <summary>What was left afterwards; null for a benefit that is not counted.</summary>
    public int? Left { get; init; }
    public required string ProgrammeVersion { get; init; }

    /// <summary>Set where a use was taken back, with what staff said about it.</summary>
    public bool IsUndo { get; init; }
    public string? Reason { get; init; }
    public string? Author { get; init; }

    public static string IdOf(string benefit, string key) => Ids.Derived("u", benefit, key);
    public static string UndoOf(string benefit, string key) => Ids.Derived("u", benefit, key, "undo");

    static string IStored<BenefitUse>.DocumentType => "benefitUse";
    static JsonTypeInfo<BenefitUse> IStored<BenefitUse>.JsonType => BenefitsDocuments.Default.BenefitUse;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => new([new IndexKey(MemberIndex, IndexKeys.Moment(At))]);
}
