using System.Text.Json.Serialization;

namespace Club.Store;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(StoreProbe))]
[JsonSerializable(typeof(Bookmark))]
[JsonSerializable(typeof(CommandRecord))]
[JsonSerializable(typeof(AllotmentState))]
[JsonSerializable(typeof(Promise))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class StoreDocuments : JsonSerializerContext;
