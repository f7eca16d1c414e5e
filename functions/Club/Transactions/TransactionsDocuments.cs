using System.Text.Json.Serialization;

namespace Club.Transactions;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(MessageKey))]
[JsonSerializable(typeof(Reversed))]
[JsonSerializable(typeof(Rejection))]
[JsonSerializable(typeof(Parked))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class TransactionsDocuments : JsonSerializerContext;
