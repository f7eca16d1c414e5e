using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Spending;

/// <summary>转赠中 → 已到账 or 已退回.</summary>
[JsonConverter(typeof(CamelCaseEnum<TransferState>))]
public enum TransferState
{
    /// <summary>The giver has given, and the receiver has not got it yet.</summary>
    UnderWay,
    Done,

    /// <summary>The receiver was gone, and the giver has it again.</summary>
    Returned,
}

/// <summary>Points on their way from one member to another. It stands with the giver, from the commit that takes her points until the
/// receiver has them: whatever breaks off in between, a sweep ends it.</summary>
public sealed record Transfer : IStored<Transfer>
{
    public const string Document = "transfer", MemberIndex = "ownTransfer", ToIndex = "transferTo";

    /// <summary>Begins with the member who asked, so that one read finds it.</summary>
    public required string Id { get; init; }

    /// <summary>The giver.</summary>
    public required MemberId MemberId { get; init; }

    /// <summary>The receiver, as she was known when it began.</summary>
    public required MemberId To { get; init; }
    public required TransferState State { get; init; }
    public required WalletCode Wallet { get; init; }
    public required Points Points { get; init; }

    /// <summary>On top of the points; it goes to the programme.</summary>
    public required Points Fee { get; init; }

    /// <summary>Whether both were of one family, so that there was neither fee nor limit.</summary>
    public required bool IsWithinFamily { get; init; }

    /// <summary>What was taken of which lot for the receiver: points below zero.</summary>
    public required IReadOnlyList<LotLine> Lines { get; init; }

    /// <summary>The same for the fee.</summary>
    public required IReadOnlyList<LotLine> FeeLines { get; init; }

    /// <summary>Why; null when nobody said, or once the person is forgotten.</summary>
    public string? Reason { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Author { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Since when it is to be ended; null once it is.</summary>
    public DateOnly? FinishDue { get; init; }

    public static string IdOf(MemberId memberId, Command command) =>
        OwnedId.Of(memberId, "transfer", command.Scope, command.Key);

    [JsonIgnore] public string OutId => Entry.IdOf(GivingTerms.Source, Id);
    [JsonIgnore] public string InId => Entry.IdOf(GivingTerms.Source, InSourceId);
    [JsonIgnore] public string BackId => Entry.IdOf(GivingTerms.Source, BackSourceId);
    [JsonIgnore] public string InSourceId => $"{Id}/in";
    [JsonIgnore] public string BackSourceId => $"{Id}/back";

    static string IStored<Transfer>.DocumentType => Document;
    static JsonTypeInfo<Transfer> IStored<Transfer>.JsonType => SpendingDocuments.Default.Transfer;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public bool IsPersonal => Reason is not null;

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var keys = new List<IndexKey>(3) { new(MemberIndex, IndexKeys.Latest(At)) };
            // For as long as what was written to her is to be found.
            if (Reason is not null) keys.Add(new IndexKey(ToIndex, To));
            if (FinishDue is { } due) keys.Add(new IndexKey(DueIndex.Finish, IndexKeys.Date(due)));
            return new IndexKeys(keys, Ids.Bucket(MemberId));
        }
    }
}

/// <summary>That a receiver did not take what was sent: created once in her partition, so that nobody delivers it any more.</summary>
public sealed record TransferRefusal : IStored<TransferRefusal>
{
    public required string TransferId { get; init; }
    public required DateTimeOffset At { get; init; }

    public static string IdOf(string transferId) => Ids.Derived("t", transferId);

    static string IStored<TransferRefusal>.DocumentType => "transferRefusal";
    static JsonTypeInfo<TransferRefusal> IStored<TransferRefusal>.JsonType => SpendingDocuments.Default.TransferRefusal;
    [JsonIgnore] public string DocumentId => IdOf(TransferId);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
