using System.Text.Json;
using System.Text.Json.Serialization;

namespace Club.Kernel;

/// <summary>How the club writes JSON: camelCase, every character as itself, numbers as numbers.</summary>
public static class ClubJson
{
    /// <summary>Documents: absent instead of null.</summary>
    public static JsonSerializerOptions Options { get; } = New(JsonIgnoreCondition.WhenWritingNull);

    /// <summary>Answers: every member of the contract is there, null where it is not known.</summary>
    public static JsonSerializerOptions Answers { get; } = New(JsonIgnoreCondition.Never);

    private static JsonSerializerOptions New(JsonIgnoreCondition nulls) => new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = nulls,
        Encoder = new PlainJsonEncoder(),
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        Converters = { new OtherEnums() },
    };

    /// <summary>Enums without a converter of their own: one among the options would go before theirs.</summary>
    private sealed class OtherEnums : JsonConverterFactory
    {
        private readonly JsonStringEnumConverter _words = new(JsonNamingPolicy.CamelCase);

        public override bool CanConvert(Type typeToConvert) =>
            _words.CanConvert(typeToConvert) && !typeToConvert.IsDefined(typeof(JsonConverterAttribute), false);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            _words.CreateConverter(typeToConvert, options);
    }
}
