using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Club.Kernel;

namespace Club.Docs.Tests.Descriptions;

/// <summary>
/// As much of JSON Schema 2020-12 as the descriptions use. A keyword that it does not know throws, so that none is passed over in silence.
/// </summary>
internal sealed class SchemaCheck(Description document)
{
    /// <summary>What is wrong with a value, each with its path.</summary>
    /// <param name="strict">Whether a member that the schema does not name is wrong, too.</param>
    public IReadOnlyList<string> Errors(JsonNode schema, JsonNode? value, bool strict = false)
    {
        var errors = new List<string>();
        Check(schema.AsObject(), value, "$", strict, errors);
        return errors;
    }

    private void Check(JsonObject schema, JsonNode? value, string path, bool strict, List<string> errors)
    {
        foreach (var (keyword, rule) in schema)
            if (Judge(schema, keyword, rule!, value, path, strict) is { } wrong) errors.Add($"{path}: {wrong}");
        if (schema["$ref"] is { } reference) Check(document.Find((string)reference!)!.AsObject(), value, path, strict, errors);
        if (schema["if"] is JsonObject condition && Holds(condition, value)) Check(schema["then"]!.AsObject(), value, path, false, errors);
        if (value is JsonArray list && schema["items"] is JsonObject item)
            for (var i = 0; i < list.Count; i++) Check(item, list[i], $"{path}[{i}]", strict, errors);
        if (value is not JsonObject map) return;
        foreach (var (name, child) in schema["properties"]?.AsObject() ?? [])
            if (map.TryGetPropertyValue(name, out var member)) Check(child!.AsObject(), member, $"{path}.{name}", strict, errors);
        if (!strict || schema["type"] is null || schema["additionalProperties"] is not null) return;
        errors.AddRange(map.Select(member => member.Key).Except(Named(schema)).Select(name => $"{path}.{name}: is not described"));
    }

    private string? Judge(JsonObject schema, string keyword, JsonNode rule, JsonNode? value, string path, bool strict)
    {
        bool IsOne(JsonNode? option)
        {
            var errors = new List<string>();
            Check(option!.AsObject(), value, path, strict && option["$ref"] is not null, errors);
            return errors.Count == 0;
        }

        var text = value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        decimal? number = value?.GetValueKind() == JsonValueKind.Number
            ? decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture) : null;
        var holds = keyword switch
        {
            "type" => (rule as JsonArray ?? [rule.DeepClone()]).Any(type => IsOf((string)type!, value, number)),
            "const" => JsonNode.DeepEquals(rule, value),
            "enum" => rule.AsArray().Any(option => JsonNode.DeepEquals(option, value)),
            "required" => value is not JsonObject map || rule.AsArray().All(name => map.ContainsKey((string)name!)),
            "minLength" => text is null || text.Length >= (int)(decimal)rule,
            "maxLength" => text is null || text.Length <= (int)(decimal)rule,
            "pattern" => text is null || Regex.IsMatch(text, (string)rule!, RegexOptions.ECMAScript),
            "format" => text is null || IsIn((string)rule!, text),
            "minimum" => number is null || number >= (decimal)rule,
            "maximum" => number is null || number <= (decimal)rule,
            "exclusiveMinimum" => number is null || number > (decimal)rule,
            "minItems" => value is not JsonArray few || few.Count >= (int)(decimal)rule,
            "maxItems" => value is not JsonArray many || many.Count <= (int)(decimal)rule,
            "anyOf" => rule.AsArray().Any(IsOne),
            "oneOf" => rule.AsArray().Count(IsOne) == 1,
            "$ref" or "if" or "then" or "items" or "properties" or "description" or "title" or "default" or "examples" => true,
            "additionalProperties" when rule.GetValueKind() == JsonValueKind.True => true,
            _ => throw new NotSupportedException($"The keyword \"{keyword}\" is not checked."),
        };
        return holds ? null
            : $"{value?.ToJsonString() ?? "null"} breaks {keyword}: {rule.ToJsonString()}{(keyword == "required" ? $" of {schema["description"]}" : "")}";
    }

    private bool Holds(JsonObject schema, JsonNode? value) => Errors(schema, value).Count == 0;

    private IEnumerable<string> Named(JsonObject schema)
    {
        if (schema["$ref"] is { } reference) schema = document.Find((string)reference!)!.AsObject();
        return (schema["properties"]?.AsObject().Select(property => property.Key) ?? [])
            .Concat(new[] { schema["anyOf"], schema["oneOf"] }.OfType<JsonArray>().SelectMany(options => options)
                .SelectMany(option => Named(option!.AsObject())));
    }

    private static bool IsOf(string type, JsonNode? value, decimal? number) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => number is not null,
        "integer" => number is { } whole && decimal.Truncate(whole) == whole,
        _ => throw new NotSupportedException($"There is no type \"{type}\"."),
    };

    private static bool IsIn(string format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => Rfc3339.TryParse(text, out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        _ => throw new NotSupportedException($"The format \"{format}\" is not checked."),
    };
}
