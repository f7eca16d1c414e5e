using System.Text.Json.Serialization;

namespace Club.Benefits;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(BenefitState))]
[JsonSerializable(typeof(BenefitUse))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class BenefitsDocuments : JsonSerializerContext;
