using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Access;
using Club.Kernel;
using Club.Store;

namespace Club.Gifts;

[JsonConverter(typeof(CamelCaseEnum<VoucherState>))]
public enum VoucherState
{
    /// <summary>Good, until its day.</summary>
    Good,
    Used,

    /// <summary>Its order was cancelled.</summary>
    Void,

    /// <summary>Its day is over. Computed, never stored.</summary>
    Lapsed,
}

/// <summary>Where and for what a voucher was used.</summary>
/// <param name="Reference">As the dealer knows it.</param>
public sealed record VoucherUse(DateTimeOffset At, DealerId? DealerId, string? Reference, string Author);

/// <summary>A voucher 礼券 that a member has. Its code is not in it: that follows from its number.</summary>
public sealed record Voucher : IStored<Voucher>
{
    public const string IdIndex = "voucher", MemberIndex = "ownVoucher";

    public required VoucherId Id { get; init; }
    public required MemberId MemberId { get; init; }
    public required string OrderId { get; init; }
    public required string Gift { get; init; }

    /// <summary>Of the gift, as it was called then.</summary>
    public required string Name { get; init; }

    /// <summary>The dealers where it is good; empty: at every one.</summary>
    public IReadOnlyList<DealerId> At { get; init; } = [];
    public required VoucherState State { get; init; }
    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>The last day on which it is good; null: for ever.</summary>
    public DateOnly? ValidUntil { get; init; }
    public VoucherUse? Use { get; init; }

    public static string IdOf(VoucherId id) => $"voucher:{id}";

    /// <summary>How it stands on a day.</summary>
    public VoucherState On(DateOnly today) => State == VoucherState.Good && ValidUntil < today ? VoucherState.Lapsed : State;

    static string IStored<Voucher>.DocumentType => "voucher";
    static JsonTypeInfo<Voucher> IStored<Voucher>.JsonType => GiftsDocuments.Default.Voucher;
    [JsonIgnore] public string DocumentId => IdOf(Id);
    [JsonIgnore] public IndexKeys Index => new([new(IdIndex, Id.Value), new(MemberIndex, IndexKeys.Latest(GivenAt))]);
}

/// <summary>A voucher as whoever is shown its code is told.</summary>
public sealed record VoucherView(VoucherId VoucherId, MemberId MemberId, string OrderId, string Gift, string Name, VoucherState State,
    IReadOnlyList<DealerId> At, DateTimeOffset GivenAt, DateOnly? ValidUntil, VoucherUse? Use) : ITellsOfMembers
{
    IEnumerable<MemberId> ITellsOfMembers.Members => [MemberId];

    public static VoucherView Of(Voucher one, DateOnly today) =>
        new(one.Id, one.MemberId, one.OrderId, one.Gift, one.Name, one.On(today), one.At, one.GivenAt, one.ValidUntil, one.Use);
}

/// <summary>What a voucher is used for.</summary>
public sealed record UseVoucherRequest(DealerId? DealerId, string? Reference)
{
    public static Outcome<UseVoucherRequest> Read(JsonFields body)
    {
        var request = new UseVoucherRequest(body.Id<DealerId>("dealerId", required: false, maximum: 64), body.Text("reference", required: false, maximum: 64));
        return body.Problem is { } problem ? problem : request;
    }
}
