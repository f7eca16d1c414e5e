using System.Text.Json.Serialization;

namespace Club.Reports;

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(MonthRow))]
[JsonSerializable(typeof(MemberPlace))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ReportsDocuments : JsonSerializerContext;
