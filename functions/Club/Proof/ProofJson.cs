using System.Text.Json.Serialization;

namespace Club.Proof;

/// <summary>Compile-time serializers of the files that others keep.</summary>
[JsonSerializable(typeof(MemberProof))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ProofJson : JsonSerializerContext;
