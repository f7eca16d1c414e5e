using System.Text.Json.Serialization;

namespace Club.Access;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(AuditRecord))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class AccessDocuments : JsonSerializerContext;
