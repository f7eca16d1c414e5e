using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Ledger;

[JsonConverter(typeof(CamelCaseEnum<MemberEventKind>))]
public enum MemberEventKind { Joined, TierChanged, Merged, ConsentChanged, Left, Returned }

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

    static string IStored<MemberEvent>.DocumentType => "event";
    static JsonTypeInfo<MemberEvent> IStored<MemberEvent>.JsonType => ClubDocuments.Shared.MemberEvent;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;

    public static MemberEvent TierChange(Account account, string to, DateTimeOffset at, string reason) => new()
    {
        // Between two entries a tier changes at most once a day in one direction.
        Id = Ids.Derived("v", account.MemberId, "tier", account.Tier.Code, to, $"{account.Sequence}", IndexKeys.Date(DateOnly.FromDateTime(at.DateTime))),
        MemberId = account.MemberId,
        Kind = MemberEventKind.TierChanged,
        At = at,
        From = account.Tier.Code,
        To = to,
        Reason = reason,
    };
}
