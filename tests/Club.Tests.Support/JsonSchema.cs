using System.Text.Json;
using System.Text.RegularExpressions;

namespace Club.Tests.Support;

/// <summary>As much of JSON Schema 2020-12 as programme.schema.json uses. A keyword that it does not know is an error of the
/// test.</summary>
internal sealed class JsonSchema(JsonElement root)
{
    public bool Accepts(JsonElement value) => Accepts(root, value);

    private bool Accepts(JsonElement schema, JsonElement value)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False) return schema.GetBoolean();
        return schema.EnumerateObject().All(keyword => Holds(schema, keyword.Name, keyword.Value, value));
    }

    private bool Holds(JsonElement schema, string keyword, JsonElement argument, JsonElement value) => keyword switch
    {
        "$schema" or "$id" or "$defs" or "title" or "description" or "format" => true,
        "$ref" => Accepts(root.GetProperty("$defs").GetProperty(argument.GetString()!["#/$defs/".Length..]), value),
        "type" => IsType(argument.GetString()!, value),
        "const" => JsonElement.DeepEquals(argument, value),
        "enum" => argument.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)),
        "oneOf" => argument.EnumerateArray().Count(branch => Accepts(branch, value)) == 1,
        "required" =>
        value.ValueKind != JsonValueKind.Object || argument.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        "dependentRequired" => value.ValueKind != JsonValueKind.Object || argument.EnumerateObject().All(pair =>
            !value.TryGetProperty(pair.Name, out _)
                || pair.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _))),
        "properties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(member =>
            !argument.TryGetProperty(member.Name, out var property) || Accepts(property, member.Value)),
        "additionalProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(member =>
            schema.GetProperty("properties").TryGetProperty(member.Name, out _)),
        "minProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() >= argument.GetInt32(),
        "maxProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() <= argument.GetInt32(),
        "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => Accepts(argument, item)),
        "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= argument.GetInt32(),
        "uniqueItems" => value.ValueKind != JsonValueKind.Array
        || value.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count() == value.GetArrayLength(),
        "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, argument.GetString()!),
        "minimum" => IsNumber(value, number => number >= argument.GetDecimal()),
        "maximum" => IsNumber(value, number => number <= argument.GetDecimal()),
        "exclusiveMinimum" => IsNumber(value, number => number > argument.GetDecimal()),
        "multipleOf" => IsNumber(value, number => number % argument.GetDecimal() == 0),
        _ => throw new NotSupportedException($"The schema uses {keyword}."),
    };

    private static bool IsType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.Truncate(number) == number,
        _ => throw new NotSupportedException($"The schema uses the type {type}."),
    };

    private static bool IsNumber(JsonElement value, Predicate<decimal> holds) =>
        value.ValueKind != JsonValueKind.Number || (value.TryGetDecimal(out var number) && holds(number));
}
