using System.Text.Json;
using System.Text.Json.Serialization;

namespace Club.Kernel;

/// <summary>Enums whose words the contract parts by hyphens: <c>awaiting-approval</c>.</summary>
public sealed class KebabCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
