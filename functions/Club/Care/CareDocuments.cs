using System.Text.Json.Serialization;

namespace Club.Care;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(CareCall))]
[JsonSerializable(typeof(CareLetter))]
[JsonSerializable(typeof(DueVisit))]
[JsonSerializable(typeof(CarePlace))]
[JsonSerializable(typeof(CareRow))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class CareDocuments : JsonSerializerContext;
