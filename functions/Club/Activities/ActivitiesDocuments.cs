using System.Text.Json.Serialization;

namespace Club.Activities;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(ClubActivity))]
[JsonSerializable(typeof(Invitation))]
[JsonSerializable(typeof(SignUp))]
[JsonSerializable(typeof(ActivityTally))]
[JsonSerializable(typeof(SignUpPlaces))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ActivitiesDocuments : JsonSerializerContext;
