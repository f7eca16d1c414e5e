using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Members;

/// <summary>
/// Whose an identity is: one document per phone, card, VIN, openId or unionId, in a partition named by the identity's keyed hash.
/// Transactions of an unknown customer are parked beside it, under its ETag, so that none slips between parking and registration.
/// </summary>
public sealed record Claim : IStored<Claim>
{
    public const string Id = "claim";

    public required string Partition { get; init; }

    /// <summary>The member; null while the customer is unknown and transactions wait.</summary>
    public string? MemberId { get; init; }

    /// <summary>When somebody who is no member yet turned away: an openId that unfollowed before its follow was heard of.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>How many transactions were parked here and not yet handed over.</summary>
    public int Parked { get; init; }

    /// <summary>Since when somebody has to finish the hand-over of what was parked.</summary>
    public DateOnly? FinishDue { get; init; }

    static string IStored<Claim>.DocumentType => "claim";
    static JsonTypeInfo<Claim> IStored<Claim>.JsonType => ClubDocuments.Shared.Claim;
    [JsonIgnore] public string DocumentId => Id;

    [JsonIgnore]
    public IndexKeys Index => FinishDue is { } due ? new([new("dueFinish", IndexKeys.Date(due))], Ids.Bucket(Partition)) : IndexKeys.None;
}
