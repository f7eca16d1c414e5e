using System.Globalization;
using System.Text.Json;

namespace Club.Kernel;

/// <summary>
/// Reads the members of one JSON object, remembering the first problem with its JSON path. Unknown members are ignored;
/// a wrong type or a missing member is a problem (CONTRACT.md). After a problem every further read answers the default.
/// </summary>
public sealed class JsonFields
{
    private const int MaximumText = 512;
    private readonly JsonElement _object;
    private readonly string _path;
    private readonly Findings _findings;

    private JsonFields(JsonElement element, string path, Findings findings)
    {
        (_object, _path, _findings) = (element, path, findings);
        if (element.ValueKind != JsonValueKind.Object) findings.Add(path, $"an object is expected, not {Kind(element)}");
    }

    public static JsonFields Of(JsonElement root, string path = "$") => new(root, path, new Findings());

    /// <summary>Parses a document and reads it. Text that is not JSON, or not whole Unicode, is a problem.</summary>
    public static Outcome<T> Parse<T>(ReadOnlyMemory<byte> utf8, Func<JsonFields, Outcome<T>> read)
    {
        try
        {
            // A byte order mark is ignored, as RFC 8259 (section 8.1) allows.
            if (utf8.Span.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
            using var document = JsonDocument.Parse(utf8);
            return read(Of(document.RootElement));
        }
        catch (JsonException exception)
        {
            return new Problem("malformed-json",
                $"This is not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}).", "$");
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json finds half a surrogate pair in an escape only when the text is asked for.
            return new Problem("malformed-json", "A text in this JSON is not whole Unicode.", "$");
        }
    }

    /// <summary>The first problem met by this reader or one of its children.</summary>
    public Problem? Problem => _findings.First;

    /// <summary>The object as it stands; good as long as the document is.</summary>
    public JsonElement Json => _object;

    public string Path(string name) => $"{_path}.{name}";

    public void Fail(string name, string message, string code = "invalid-data") => _findings.Add(Path(name), message, code);

    /// <summary>For what chooses among members: a misspelt name would choose all.</summary>
    public void Only(params ReadOnlySpan<string> names)
    {
        if (_object.ValueKind != JsonValueKind.Object) return;
        foreach (var member in _object.EnumerateObject())
            if (!names.Contains(member.Name)) Fail(member.Name, $"unknown member{Nearest.Hint(member.Name, names.ToArray())}");
    }

    public bool Has(string name) => Find(name, required: false) is not null;

    /// <summary>Whether there is anything but a blank text, which counts as left out wherever a text may be left out.</summary>
    public bool HasText(string name) =>
        Find(name, required: false) is { } value
            && (value.ValueKind != JsonValueKind.String || !string.IsNullOrWhiteSpace(value.GetString()));

    public JsonFields? Child(string name, bool required = true) =>
        Find(name, required) is { } value ? new JsonFields(value, Path(name), _findings) : null;

    /// <summary>A JSON object as it stands; good as long as the document is.</summary>
    public JsonElement? Raw(string name)
    {
        if (Find(name, required: true) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Object) return value;
        Wrong(name, "an object", value);
        return null;
    }

    public IEnumerable<JsonFields> Children(string name, bool required = true)
    {
        if (Array(name, required) is not { } array) yield break;
        var index = 0;
        foreach (var item in array.EnumerateArray()) yield return new JsonFields(item, $"{Path(name)}[{index++}]", _findings);
    }

    public IReadOnlyList<string> Texts(string name)
    {
        if (Array(name, required: false) is not { } array) return [];
        var texts = new List<string>();
        foreach (var (index, item) in array.EnumerateArray().Index())
        {
            if (item.ValueKind != JsonValueKind.String) Wrong($"{name}[{index}]", "a string", item);
            else if (item.GetString() is { Length: > 0 and <= MaximumText } text) texts.Add(text);
        }
        return texts;
    }

    /// <summary>A string that is not blank, trimmed; at most 512 characters unless told otherwise.</summary>
    public string? Text(string name, bool required = true, int maximum = MaximumText)
    {
        if (Find(name, required) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.String) { Wrong(name, "a string", value); return null; }
        var text = value.GetString()!.Trim();
        if (text.Length > maximum) Fail(name, $"at most {maximum} characters are expected, not {text.Length}");
        else if (text.Contains('\0', StringComparison.Ordinal)) Fail(name, "a NUL character is not text");
        else if (text.Length > 0) return text;
        else if (required) Fail(name, "the text is empty");
        return null;
    }

    /// <summary>The same as an identifier.</summary>
    public T? Id<T>(string name, bool required = true, int maximum = MaximumText) where T : struct, IId<T> =>
        Text(name, required, maximum) is { } text ? T.Of(text) : null;

    /// <summary>Who does what the body asks for.</summary>
    public string? Author() => Filled("author", Limits.Author);

    /// <summary>Why it is done.</summary>
    public string? Reason() => Filled("reason", Limits.Reason);

    /// <summary>A blank text is as good as none.</summary>
    private string? Filled(string name, int maximum)
    {
        if (Has(name) && !HasText(name)) Fail(name, "is missing: the text is blank", "missing-data");
        return Text(name, maximum: maximum);
    }

    public decimal? Number(string name, bool required = true)
    {
        if (Find(name, required) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)) return number;
        if (value.ValueKind == JsonValueKind.Number) Fail(name, "the number is beyond every range", "wrong-type");
        else Wrong(name, "a number", value);
        return null;
    }

    /// <summary>A whole number, however it is written: JSON has one kind of number, and 3.0 is 3.</summary>
    public int? Whole(string name, bool required = true)
    {
        if (Find(name, required) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.Truncate(number) == number
            && number is >= int.MinValue and <= int.MaxValue)
            return (int)number;
        if (value.ValueKind == JsonValueKind.Number)
            Fail(name, $"{Short(value.GetRawText())} is not a whole number from {int.MinValue} to {int.MaxValue}", "wrong-type");
        else Wrong(name, "a whole number", value);
        return null;
    }

    public bool? Flag(string name, bool required = false)
    {
        if (Find(name, required) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Wrong(name, "true or false", value);
        return null;
    }

    /// <summary>A date as <c>yyyy-MM-dd</c>.</summary>
    public DateOnly? Date(string name, bool required = true)
    {
        if (Text(name, required) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Fail(name, $"\"{Short(text)}\" is not a date (yyyy-MM-dd)");
        return null;
    }

    /// <summary>An RFC 3339 time with its offset.</summary>
    public DateTimeOffset? Moment(string name, bool required = true)
    {
        if (Text(name, required) is not { } text) return null;
        if (Rfc3339.TryParse(text, out var moment)) return moment;
        Fail(name, $"\"{Short(text)}\" is not an RFC 3339 time with an offset (2026-03-02T10:20:00+08:00)");
        return null;
    }

    /// <summary>An RFC 3339 time where there is one. Anything else is no problem: the member is for information.</summary>
    public DateTimeOffset? Time(string name) =>
        Find(name, required: false) is { ValueKind: JsonValueKind.String } value && Rfc3339.TryParse(value.GetString()!, out var moment)
            ? moment : null;

    private JsonElement? Array(string name, bool required)
    {
        if (Find(name, required) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Array) return value;
        Wrong(name, "an array", value);
        return null;
    }

    private JsonElement? Find(string name, bool required)
    {
        if (_findings.First is not null) return null;
        if (_object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null) return value;
        if (required) Fail(name, "is missing", "missing-data");
        return null;
    }

    private void Wrong(string name, string expected, JsonElement value) =>
        Fail(name, $"{expected} is expected, not {Kind(value)}", "wrong-type");

    /// <summary>What could not be read, as far as it helps whoever reads the error: the beginning of it, without control
    /// characters.</summary>
    private static string Short(string text)
    {
        if (text.Length > 40) text = text[..(char.IsHighSurrogate(text[39]) ? 39 : 40)] + "…";
        return string.Concat(text.Select(character => char.IsControl(character) ? '\uFFFD' : character));
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    private sealed class Findings
    {
        public Problem? First { get; private set; }
        public void Add(string path, string message, string code = "wrong-type") =>
            First ??= new Problem(code, Nearest.Ended($"{path}: {message}"), path);
    }
}
