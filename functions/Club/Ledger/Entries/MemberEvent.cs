using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Ledger;

[JsonConverter(typeof(CamelCaseEnum<MemberEventKind>))]
public enum MemberEventKind
{
    Joined, TierChanged, Merged, ConsentChanged, Left, Returned, TierGranted, TierGrantWithdrawn, DisputeSettled, ProfileChanged,
    SmsPlanned, SmsSuppressed, SmsSent, SmsDelivered, SmsFailed, BenefitUsed, BenefitUseUndone,
    Transferred, Lapsed,
    OrderPlaced, OrderConfirmed, OrderShipped, OrderReady, OrderDone, OrderCancelled,
    ClassChanged,
}

/// <summary>Something that happened to a member besides points: never changed.</summary>
public sealed record MemberEvent : IStored<MemberEvent>
{
    public const string AtIndex = "ownEvent";
    public const string TransferIndex = "transfer", TransferInIndex = "transferIn", TransferOutIndex = "transferOut";

    public required string Id { get; init; }
    public required MemberId MemberId { get; init; }
    public required MemberEventKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? From { get; init; }
    public string? To { get; init; }
    public string? Reason { get; init; }

    /// <summary>What it is about: the occasion of a message, the code of a benefit.</summary>
    public string? Subject { get; init; }

    /// <summary>Of a changed profile: the names of what changed, never what it was or became.</summary>
    public IReadOnlyList<string>? Changed { get; init; }

    /// <summary>Who in the staff did it.</summary>
    public string? Author { get; init; }

    /// <summary>Of joining: the dealer with whom the member joined, when one was told; of a class: the branch that it was judged
    /// by.</summary>
    public DealerId? DealerId { get; init; }

    /// <summary>Of a change of tier or class, and of a transfer: 1, 2, 3… without a gap within the member.</summary>
    public int? Number { get; init; }

    /// <summary>Of a change of tier: the sequence number of the last entry before it; entries after it were booked in the new
    /// tier.</summary>
    public long? Sequence { get; init; }

    /// <summary>Of a class: what was spent in the window by which it is judged, in CNY.</summary>
    public Money? Spend { get; init; }

    /// <summary>Of a granted tier: its last day.</summary>
    public DateOnly? Until { get; init; }

    static string IStored<MemberEvent>.DocumentType => "event";
    static JsonTypeInfo<MemberEvent> IStored<MemberEvent>.JsonType => LedgerDocuments.Default.MemberEvent;
    [JsonIgnore] public string DocumentId => Id;

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var keys = new List<IndexKey>(4) { new(AtIndex, IndexKeys.Moment(At)) };
            if (Kind != MemberEventKind.Transferred) return new IndexKeys(keys);
            var when = IndexKeys.Latest(At);
            keys.Add(new IndexKey(TransferIndex, when));
            if (To is not null) keys.Add(new IndexKey(TransferInIndex, $"{To}\n{when}"));
            if (From is not null) keys.Add(new IndexKey(TransferOutIndex, $"{From}\n{when}"));
            return new IndexKeys(keys);
        }
    }

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
        Number = account.TierChanges + 1,
        Sequence = account.Sequence,
    };
}
