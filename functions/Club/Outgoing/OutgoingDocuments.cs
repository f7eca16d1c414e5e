using System.Text.Json.Serialization;

namespace Club.Outgoing;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(Subscription))]
[JsonSerializable(typeof(Cursor))]
[JsonSerializable(typeof(Parcel))]
[JsonSerializable(typeof(DeadEvent))]
[JsonSerializable(typeof(DeliveryLog))]
[JsonSerializable(typeof(FeedMarks))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class OutgoingDocuments : JsonSerializerContext;
