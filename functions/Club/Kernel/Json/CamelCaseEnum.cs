using System.Text.Json;
using System.Text.Json.Serialization;

namespace Club.Kernel;

/// <summary>Enums are camelCase words in documents and on the wire.</summary>
public sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) where T : struct,
    Enum;
