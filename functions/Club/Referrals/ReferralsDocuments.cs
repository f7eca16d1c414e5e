using System.Text.Json.Serialization;

namespace Club.Referrals;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(Referral))]
[JsonSerializable(typeof(Repurchase))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ReferralsDocuments : JsonSerializerContext;
