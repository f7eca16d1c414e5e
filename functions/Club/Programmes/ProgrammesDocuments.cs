using System.Text.Json.Serialization;

namespace Club.Programmes;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(ProgrammeCatalogue))]
[JsonSerializable(typeof(StoredProgramme))]
[JsonSerializable(typeof(ProgrammeDraft))]
[JsonSerializable(typeof(PublicationRecord))]
[JsonSerializable(typeof(DealerPlan))]
[JsonSerializable(typeof(PlanVersion))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ProgrammesDocuments : JsonSerializerContext;
