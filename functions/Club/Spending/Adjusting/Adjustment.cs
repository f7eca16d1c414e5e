using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Access;
using Club.Kernel;
using Club.Store;

namespace Club.Spending;

/// <summary>待审批 → 已入账 or 已驳回.</summary>
[JsonConverter(typeof(KebabCaseEnum<AdjustmentState>))]
public enum AdjustmentState { AwaitingApproval, Booked, Refused }

/// <summary>A correction by hand 调整, with its reason and its author.</summary>
public sealed record Adjustment : IStored<Adjustment>
{
    public const string WhenIndex = "adjustment", StateIndex = "adjustmentState", MemberIndex = "ownAdjustment";

    /// <summary>Begins with the member, so that one read finds it.</summary>
    public required string Id { get; init; }
    public required MemberId MemberId { get; init; }
    public required AdjustmentState State { get; init; }
    public required WalletCode Wallet { get; init; }

    /// <summary>Below zero for what is taken.</summary>
    public required Points Points { get; init; }

    /// <summary>The dealer whose points they are, where that matters.</summary>
    public DealerId? DealerId { get; init; }

    /// <summary>Why; null once the person is forgotten.</summary>
    public string? Reason { get; init; }
    public required DateTimeOffset At { get; init; }
    public required ActingPerson Author { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public ActingPerson? DecidedBy { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? Refusal { get; init; }

    public static string IdOf(MemberId memberId, Command command) =>
        OwnedId.Of(memberId, "adjustment", command.Scope, command.Key);

    /// <summary>What is left when she is forgotten: nobody decides about it any more.</summary>
    public Adjustment Forgotten() => this with
    {
        Reason = null,
        Refusal = null,
        State = State == AdjustmentState.AwaitingApproval ? AdjustmentState.Refused : State,
    };

    static string IStored<Adjustment>.DocumentType => "adjustment";
    static JsonTypeInfo<Adjustment> IStored<Adjustment>.JsonType => SpendingDocuments.Default.Adjustment;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public bool IsPersonal => Reason is not null || Refusal is not null;

    [JsonIgnore]
    public IndexKeys Index => new([new(WhenIndex, IndexKeys.Latest(At)), new(MemberIndex, IndexKeys.Latest(At)), new(StateIndex, $"{State}")]);
}
