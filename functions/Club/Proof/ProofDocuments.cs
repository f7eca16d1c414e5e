using System.Text.Json.Serialization;

namespace Club.Proof;

/// <summary>Compile-time serializers of what is stored here, and of what others keep of it.</summary>
[JsonSerializable(typeof(RootRecord))]
[JsonSerializable(typeof(RootMark))]
[JsonSerializable(typeof(MemberProof))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ProofDocuments : JsonSerializerContext;
