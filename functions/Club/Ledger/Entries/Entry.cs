using System.Security.Cryptography;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Earning;
using Club.Kernel;
using Club.Store;

namespace Club.Ledger;

[JsonConverter(typeof(CamelCaseEnum<EntryKind>))]
public enum EntryKind
{
    Accrual, Reversal, Expiry, Release,
    Redemption, Refund, TransferOut, TransferIn, Donation, ExchangeOut, ExchangeIn, Adjustment,
}

/// <summary>
/// One line of a member's ledger: never changed, corrected only by another entry. <see cref="Hash"/> covers everything else in it,
/// the hash of the entry before included.
/// </summary>
public sealed record Entry : IStored<Entry>
{
    public const string SequenceIndex = "ownEntry";

    /// <summary>Derived from source and source id, so that a second delivery meets it.</summary>
    public required string Id { get; init; }
    public required MemberId MemberId { get; init; }

    /// <summary>1, 2, 3… without a gap within the member.</summary>
    public required long Sequence { get; init; }
    public required EntryKind Kind { get; init; }
    public required WalletCode Wallet { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The business date of <see cref="At"/> in the brand's time zone.</summary>
    public required DateOnly On { get; init; }

    /// <summary>When the club learned of it.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
    public required string Source { get; init; }
    public required string SourceId { get; init; }
    public DealerId? DealerId { get; init; }

    /// <summary>The name of the queue key with which its message was sent; null where the host does not know, and for what the club does by
    /// itself.</summary>
    public string? SentWith { get; init; }

    /// <summary>Who approved that its message gives more than a message gives by itself; null when nobody had to.</summary>
    public string? ApprovedBy { get; init; }
    public required Points Points { get; init; }
    public required Points BalanceBefore { get; init; }
    public required Points Balance { get; init; }
    public required IReadOnlyList<LotLine> Lots { get; init; }

    /// <summary>Where the points came from, or went: with <see cref="Points"/> it sums to zero.</summary>
    public required IReadOnlyList<CounterLine> Counter { get; init; }
    public required IReadOnlyList<Explanation> Explanation { get; init; }
    public required string ProgrammeVersion { get; init; }

    /// <summary>Of an accrual, in the default wallet's entry.</summary>
    public Inputs? Inputs { get; init; }

    /// <summary>A digest of the message that caused it: the same key with other content is refused.</summary>
    public string? ContentHash { get; init; }

    /// <summary>The entry that a reversal takes back.</summary>
    public string? Reverses { get; init; }

    /// <summary>The event that a release brought.</summary>
    public string? Confirms { get; init; }

    /// <summary>The entry whose points a release made spendable.</summary>
    public string? Releases { get; init; }

    /// <summary>Of what somebody asked for: a redemption, a transfer, an adjustment.</summary>
    public Move? Move { get; init; }

    /// <summary>The member in whose ledger the entry stood before a merge.</summary>
    public MemberId? MergedFrom { get; init; }
    public string? PreviousHash { get; init; }
    public string? Hash { get; init; }

    /// <summary>The id of the first entry that a message makes: its idempotency key.</summary>
    public static string IdOf(string source, string sourceId) => Ids.Derived("e", source, sourceId);

    /// <summary>The id of the entry that a message makes in a further wallet; null: of the first one.</summary>
    public static string IdOf(string source, string sourceId, WalletCode? wallet) =>
        wallet is null ? IdOf(source, sourceId) : $"{IdOf(source, sourceId)}:{wallet}";

    public static string SequenceKey(MemberId memberId, long sequence) => $"{memberId}:{sequence:D10}";

    static string IStored<Entry>.DocumentType => "entry";
    static JsonTypeInfo<Entry> IStored<Entry>.JsonType => LedgerDocuments.Default.Entry;
    [JsonIgnore] public Cause Cause => Cause.Of(this);
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => new([new(SequenceIndex, SequenceKey(MemberId, Sequence))]);

    /// <summary>The transaction that an accrual booked, as the rules saw it; null when the entry does not keep it.</summary>
    public Transaction? ToTransaction() => Inputs is { } inputs
        ? new Transaction(Source, SourceId, At, On, DealerId, inputs.Channel, inputs.PaymentMethod, inputs.BookedDaysAhead, inputs.Campaign,
            [.. inputs.Lines.Select(line => line.ToLine())])
        : null;

    /// <summary>The SHA-256 that <see cref="Hash"/> must hold, in lower-case hexadecimal.</summary>
    public string ComputeHash() => HashOf(Unsealed());

    /// <summary>This entry with its hash, and the document that keeps it.</summary>
    public (Entry Entry, Write.Create Write) Seal()
    {
        var body = Unsealed();
        var hash = HashOf(body);
        // The hash is the last member: the sealed document is the hashed bytes with one member more.
        ReadOnlySpan<byte> name = ",\"hash\":\""u8;
        var json = new byte[body.Length + name.Length + hash.Length + 1];
        body.AsSpan(..^1).CopyTo(json);
        name.CopyTo(json.AsSpan(body.Length - 1));
        System.Text.Encoding.ASCII.GetBytes(hash, json.AsSpan(body.Length - 1 + name.Length));
        json[^2] = (byte)'"';
        json[^1] = (byte)'}';
        return (this with { Hash = hash }, new Write.Create(Id, "entry", json, Index));
    }

    private byte[] Unsealed() => DocumentJson.ToUtf8(Hash is null ? this : this with { Hash = null }, LedgerDocuments.Default.Entry);

    private static string HashOf(byte[] body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return Convert.ToHexStringLower(hash);
    }
}
