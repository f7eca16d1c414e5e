using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Partners;

/// <summary>When a partner pays for the points that he gives.</summary>
[JsonConverter(typeof(CamelCaseEnum<Billing>))]
public enum Billing
{
    /// <summary>When they are issued; what lapses stays with the programme.</summary>
    OnIssue,

    /// <summary>When they are spent.</summary>
    OnRedemption,
}

/// <summary>At what rates points are exchanged.</summary>
/// <param name="In">How many of the club's points one of the partner's becomes; null: none is taken.</param>
/// <param name="Out">How many of the partner's points one of the club's becomes; null: none is given.</param>
public sealed record ExchangeTerms(
    [property: JsonConverter(typeof(PlainNumberConverter))] decimal? In,
    [property: JsonConverter(typeof(PlainNumberConverter))] decimal? Out);

/// <summary>What was agreed with a partner for some time 合作协议. Once made it does not change.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="PricePerPoint">What the partner pays for a point, in CNY.</param>
/// <param name="RedeemsAt">What the partner is paid for a point that is spent with him, in CNY.</param>
/// <param name="Exchange">Null: points are not exchanged.</param>
public sealed record Agreement(DateOnly From, DateOnly To, Billing Billing,
    [property: JsonConverter(typeof(PlainNumberConverter))] decimal PricePerPoint,
    [property: JsonConverter(typeof(PlainNumberConverter))] decimal RedeemsAt, ExchangeTerms? Exchange)
{
    public DateTimeOffset MadeAt { get; init; }
    public string MadeBy { get; init; } = "";

    public bool Covers(DateOnly day) => From <= day && day <= To;

    /// <summary>Whether the same was agreed, whoever took it down and when.</summary>
    public bool Says(Agreement other) => other with { MadeAt = MadeAt, MadeBy = MadeBy } == this;
}

/// <summary>Somebody with whom points are earned, spent or exchanged 合作伙伴.</summary>
public sealed record Partner : IStored<Partner>
{
    public const string Id = "partner", CodeIndex = "partner";

    /// <summary>So many agreements are enough for a century.</summary>
    public const int MostAgreements = 200;

    public required string Code { get; init; }
    public required string Name { get; init; }

    /// <summary>By their days, none over another.</summary>
    public IReadOnlyList<Agreement> Agreements { get; init; } = [];
    public required DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }

    /// <summary>Two codes that differ by their case alone are one: nobody tells them apart on a statement.</summary>
    public static string PartitionOf(string code) => $"partner:{code.ToLowerInvariant()}";

    public Agreement? On(DateOnly day) => Agreements.FirstOrDefault(one => one.Covers(day));

    static string IStored<Partner>.DocumentType => Id;
    static JsonTypeInfo<Partner> IStored<Partner>.JsonType => PartnersDocuments.Default.Partner;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => new([new IndexKey(CodeIndex, Code)]);
}

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(Partner))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class PartnersDocuments : JsonSerializerContext;
