using System.Text.Json.Serialization;

namespace Club.Dealers;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(Dealership))]
[JsonSerializable(typeof(DealerBudget))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class DealersDocuments : JsonSerializerContext;
