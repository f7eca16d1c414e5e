using System.Text.Json.Serialization;

namespace Club.Spending;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(Redemption))]
[JsonSerializable(typeof(Adjustment))]
[JsonSerializable(typeof(Transfer))]
[JsonSerializable(typeof(TransferRefusal))]
[JsonSerializable(typeof(Family))]
[JsonSerializable(typeof(Exchange))]
[JsonSerializable(typeof(ExchangeReference))]
[JsonSerializable(typeof(AskedRedemption))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class SpendingDocuments : JsonSerializerContext;
