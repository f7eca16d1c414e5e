using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Transactions;

/// <summary>
/// Whose an idempotency key is, in a partition of its own that is named by the key: written before anything is booked or parked, so that of
/// two customers at one instant only one can have it. It leads a return to its original, too.
/// </summary>
public sealed record MessageKey : IStored<MessageKey>
{
    public const string Id = "key";

    /// <summary>The member in whose ledger the message is booked; null when it was parked.</summary>
    public MemberId? MemberId { get; init; }

    /// <summary>The partition of the claim beside which it was parked.</summary>
    public string? Claim { get; init; }

    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>Where the message was to be kept.</summary>
    [JsonIgnore] public string Partition => MemberId ?? Claim!;

    static string IStored<MessageKey>.DocumentType => "key";
    static JsonTypeInfo<MessageKey> IStored<MessageKey>.JsonType => TransactionsDocuments.Default.MessageKey;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
