using System.Text.Json.Serialization;

namespace Club.Gifts;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(Gift))]
[JsonSerializable(typeof(GiftStock))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Voucher))]
[JsonSerializable(typeof(VoucherBatch))]
[JsonSerializable(typeof(VoucherPart))]
[JsonSerializable(typeof(VoucherClaim))]
[JsonSerializable(typeof(VoucherPool))]
[JsonSerializable(typeof(VoucherTake))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class GiftsDocuments : JsonSerializerContext;
