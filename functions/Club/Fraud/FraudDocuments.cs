using System.Text.Json.Serialization;

namespace Club.Fraud;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(Suspicion))]
[JsonSerializable(typeof(VehicleLog))]
[JsonSerializable(typeof(DealerDay))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
internal sealed partial class FraudDocuments : JsonSerializerContext;
