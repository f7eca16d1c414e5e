using System.Text.Json.Serialization;

namespace Club.Value;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(ClassPlace))]
[JsonSerializable(typeof(ClassRow))]
[JsonSerializable(typeof(ClassMoves))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ValueDocuments : JsonSerializerContext;
