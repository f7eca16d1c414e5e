using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Members;
using Club.Store;

namespace Club.Ledger;

[JsonConverter(typeof(CamelCaseEnum<MemberEventKind>))]
public enum MemberEventKind { Joined, TierChanged, Merged, ConsentChanged, Left, Returned, TierGranted, TierGrantWithdrawn, DisputeSettled }

/// <summary>Something that happened to a member besides points: never changed.</summary>
public sealed record MemberEvent : IStored<MemberEvent>
{
    public required string Id { get; init; }
    public required string MemberId { get; init; }
    public required MemberEventKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? From { get; init; }
    public string? To { get; init; }
    public string? Reason { get; init; }

    /// <summary>Who in the staff did it.</summary>
    public string? Author { get; init; }

    /// <summary>Of a granted tier: its last day.</summary>
    public DateOnly? Until { get; init; }

    static string IStored<MemberEvent>.DocumentType => "event";
    static JsonTypeInfo<MemberEvent> IStored<MemberEvent>.JsonType => ClubDocuments.Shared.MemberEvent;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;

    /// <summary>Of one decision about a vehicle or a number, the same for everybody whom it concerns.</summary>
    public static string DisputeSettledId(Claim claim) => Ids.Derived("v", "dispute-settled", claim.Partition, IndexKeys.Moment(claim.Dispute!.Decision!.At));

    public static MemberEvent DisputeSettled(string memberId, Claim claim, bool isOwner) => new()
    {
        Id = DisputeSettledId(claim),
        MemberId = memberId,
        Kind = MemberEventKind.DisputeSettled,
        At = claim.Dispute!.Decision!.At,
        To = isOwner ? "owner" : "disputed",
        Reason = claim.Dispute.Decision.Reason,
        Author = claim.Dispute.Decision.Author,
    };

    /// <summary>The next change of the account's tier; <see cref="Account.TierChanges"/> tells it from every other.</summary>
    public static MemberEvent TierChange(Account account, string to, DateTimeOffset at, string reason) => new()
    {
        Id = Ids.Derived("v", account.MemberId, "tier", $"{account.TierChanges + 1}"),
        MemberId = account.MemberId,
        Kind = MemberEventKind.TierChanged,
        At = at,
        From = account.Tier.Code,
        To = to,
        Reason = reason,
    };
}
