using System.Text.Json.Serialization;

namespace Club.Messaging;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(SmsRecord))]
[JsonSerializable(typeof(WeChatToken))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class MessagingDocuments : JsonSerializerContext;
