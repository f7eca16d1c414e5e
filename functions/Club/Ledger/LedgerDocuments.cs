using System.Text.Json.Serialization;

namespace Club.Ledger;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Entry))]
[JsonSerializable(typeof(MemberEvent))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class LedgerDocuments : JsonSerializerContext;
