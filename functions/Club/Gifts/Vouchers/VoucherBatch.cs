using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Gifts;

/// <summary>A voucher by its batch and its number in it. It tells nothing of the code.</summary>
[JsonConverter(typeof(IdJsonConverter<VoucherId>))]
public readonly record struct VoucherId(string Value) : IId<VoucherId>
{
    private const char Parting = '.';

    public VoucherId(string batch, int number) : this(FormattableString.Invariant($"{batch}{Parting}{number}")) { }

    [JsonIgnore] public string Batch => Value.Split(Parting)[0];
    [JsonIgnore] public int Number => int.Parse(Value.Split(Parting)[1], System.Globalization.CultureInfo.InvariantCulture);

    public static VoucherId Of(string value) => new(value);

    public override string ToString() => Value ?? throw new InvalidOperationException("There is no id of a voucher.");
}

[JsonConverter(typeof(CamelCaseEnum<BatchState>))]
public enum BatchState { Making, Ready }

/// <summary>A code of an import that is not taken.</summary>
/// <param name="Path">Where it stands in what was sent.</param>
/// <param name="Why"><c>twice</c> in the list, or <c>known</c> from another batch.</param>
public sealed record DuplicateCode(string Path, string Why);

/// <summary>Codes of vouchers of one gift. Those that the club makes follow from the batch's key and their numbers, so that a million of
/// them
/// are this one document; those of somebody else lie beside it, sealed.</summary>
public sealed record VoucherBatch : IStored<VoucherBatch>
{
    public const string DocumentName = "voucherBatch";

    public required string Id { get; init; }
    public required string Gift { get; init; }
    public required int Count { get; init; }

    /// <summary>Together with the club's own key it makes the batch's.</summary>
    public required string Salt { get; init; }
    public bool IsImported { get; init; }
    public required BatchState State { get; init; }

    /// <summary>How many codes are done.</summary>
    public int Made { get; init; }
    public IReadOnlyList<DuplicateCode> Duplicates { get; init; } = [];
    public required DateTimeOffset At { get; init; }
    public required string Author { get; init; }

    /// <summary>Whose key it was made under.</summary>
    public required string Cause { get; init; }

    [JsonIgnore] public string Partition => PartitionOf(Id);

    public static string PartitionOf(string id) => $"voucherBatch:{id}";

    static string IStored<VoucherBatch>.DocumentType => DocumentName;
    static JsonTypeInfo<VoucherBatch> IStored<VoucherBatch>.JsonType => GiftsDocuments.Default.VoucherBatch;
    [JsonIgnore] public string DocumentId => DocumentName;

    [JsonIgnore]
    public IndexKeys Index => State == BatchState.Ready ? IndexKeys.None
        : new([new(DueIndex.Finish, IndexKeys.Date(DateOnly.FromDateTime(At.DateTime)))], Ids.Bucket(Partition));
}

/// <summary>Imported codes under the batch's key.</summary>
public sealed record VoucherPart : IStored<VoucherPart>
{
    public required int Number { get; init; }

    /// <summary>Nonce, tag and text of AES-256-GCM, in base64.</summary>
    public required byte[] Sealed { get; init; }

    public static string IdOf(int number) => FormattableString.Invariant($"part:{number}");

    static string IStored<VoucherPart>.DocumentType => "voucherPart";
    static JsonTypeInfo<VoucherPart> IStored<VoucherPart>.JsonType => GiftsDocuments.Default.VoucherPart;
    [JsonIgnore] public string DocumentId => IdOf(Number);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}

/// <summary>Which voucher an imported code is of. It lies where a keyed hash of the code leads.</summary>
public sealed record VoucherClaim : IStored<VoucherClaim>
{
    public const string Id = "voucherClaim";

    public required VoucherId Voucher { get; init; }

    static string IStored<VoucherClaim>.DocumentType => Id;
    static JsonTypeInfo<VoucherClaim> IStored<VoucherClaim>.JsonType => GiftsDocuments.Default.VoucherClaim;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
