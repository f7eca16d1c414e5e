using System.Text.Json.Serialization;

namespace Club.Proof;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(RootRecord))]
[JsonSerializable(typeof(RootMark))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ProofDocuments : JsonSerializerContext;
