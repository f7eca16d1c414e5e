using System.Text.Json.Serialization;

namespace Club.Edges;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(Delivered))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class EdgesDocuments : JsonSerializerContext;
