using System.Text.Json.Serialization;

namespace Club.Members;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(Claim))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(Erasure))]
[JsonSerializable(typeof(Complaint))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class MembersDocuments : JsonSerializerContext;
