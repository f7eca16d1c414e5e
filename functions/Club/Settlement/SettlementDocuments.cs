using System.Text.Json.Serialization;

namespace Club.Settlement;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(MonthCells))]
[JsonSerializable(typeof(MonthLines))]
[JsonSerializable(typeof(SettledSoFar))]
[JsonSerializable(typeof(ClosedMonth))]
[JsonSerializable(typeof(ClosedStatement))]
[JsonSerializable(typeof(LiabilityDay))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class SettlementDocuments : JsonSerializerContext;
