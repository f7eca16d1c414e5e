using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>A place in a JSON document that reads itself and notes what is wrong instead of throwing. An absent value reads as null without
/// a further error.</summary>
internal readonly partial record struct JsonCursor(JsonElement? Element, string Path, List<ProgrammeError> Errors)
{
    public bool Exists => Element is not null;

    /// <summary>Whether this is an object without any member.</summary>
    public bool IsEmptyObject => Element is { ValueKind: JsonValueKind.Object } element && !element.EnumerateObject().MoveNext();

    /// <summary>A member; absent when this is no object or has no such member.</summary>
    public JsonCursor this[string member] => new(
        Element is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(member, out var value) ? value : null,
        PathOf(member), Errors);

    public void Error(string message) => Errors.Add(new ProgrammeError(Path, message));

    /// <summary>Notes unknown, repeated and missing members.</summary>
    /// <returns>Whether this is an object.</returns>
    public bool Has(JsonShape shape)
    {
        if (!Is(JsonValueKind.Object, "an object")) return false;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in Element!.Value.EnumerateObject())
        {
            var place = this with { Path = PathOf(member.Name) };
            if (!seen.Add(member.Name)) place.Error("is there twice.");
            else if (!shape.Members.Contains(member.Name)) place.Error($"unknown {shape.Member}{Nearest.Hint(member.Name, shape.Members)}");
        }
        foreach (var name in shape.Required.Where(name => !seen.Contains(name))) this[name].Error("is missing.");
        return true;
    }

    /// <summary>The items of an array, at least <paramref name="least"/>.</summary>
    public IReadOnlyList<JsonCursor> Items(int least = 0)
    {
        if (!Is(JsonValueKind.Array, "an array")) return [];
        var items = new List<JsonCursor>();
        foreach (var item in Element!.Value.EnumerateArray()) items.Add(new JsonCursor(item, $"{Path}[{items.Count}]", Errors));
        if (items.Count < least) Error("must not be empty.");
        return items;
    }

    public string? Text()
    {
        if (!Is(JsonValueKind.String, "a text")) return null;
        var text = Element!.Value.GetString()!;
        if (!string.IsNullOrWhiteSpace(text)) return text;
        Error("must not be empty.");
        return null;
    }

    /// <summary>A code: a letter, then letters, digits, hyphens.</summary>
    public string? Code()
    {
        var text = Text();
        if (text is null || CodePattern().IsMatch(text)) return text;
        Error($"{Shown} is not a code: use letters, digits and hyphens, starting with a letter.");
        return null;
    }

    /// <summary>Distinct texts, at least one, each with its place.</summary>
    public IReadOnlyList<(string Text, JsonCursor Place)> Texts()
    {
        var texts = new List<(string Text, JsonCursor Place)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in Items(least: 1))
        {
            if (item.Text() is not { } text) continue;
            if (seen.Add(text)) texts.Add((text, item));
            else item.Error($"{item.Shown} is there twice.");
        }
        return texts;
    }

    /// <summary>One of the words.</summary>
    public T? Word<T>(IReadOnlyDictionary<string, T> words) where T : struct
    {
        if (!Is(JsonValueKind.String, "a text")) return null;
        var word = Element!.Value.GetString()!;
        if (words.TryGetValue(word, out var value)) return value;
        Error($"{Shown} is not one of {string.Join(", ", words.Keys)}{Nearest.Hint(word, words.Keys)}");
        return null;
    }

    /// <summary>Exactly one of the members; null, with an error, when there is none or more than one.</summary>
    public string? ExactlyOne(params ReadOnlySpan<string> members)
    {
        string? found = null;
        var count = 0;
        foreach (var member in members)
            if (this[member].Exists) (found, count) = (member, count + 1);
        if (count == 1) return found;
        var names = string.Join(", ", members.ToArray().Select(member => $"\"{member}\""));
        Error($"must have exactly one of {names}.");
        return null;
    }

    public bool? Fact()
    {
        if (Element is null) return null;
        if (Element.Value.ValueKind is JsonValueKind.True or JsonValueKind.False) return Element.Value.GetBoolean();
        Error($"{Shown} is neither true nor false.");
        return null;
    }

    public DateOnly? Date()
    {
        if (!Is(JsonValueKind.String, "a date")) return null;
        if (DateOnly.TryParseExact(Element!.Value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var date))
            return date;
        Error($"{Shown} is not a date; write yyyy-MM-dd.");
        return null;
    }

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public decimal? Number(decimal least, decimal most)
    {
        if (Decimal() is not { } number) return null;
        if (number >= least && number <= most) return number;
        Error(string.Create(CultureInfo.InvariantCulture, $"{Shown} is not between {least} and {most}."));
        return null;
    }

    /// <summary>A number above <paramref name="floor"/>, at most <paramref name="most"/>.</summary>
    public decimal? NumberAbove(decimal floor, decimal most)
    {
        if (Decimal() is not { } number) return null;
        if (number > floor && number <= most) return number;
        Error(string.Create(CultureInfo.InvariantCulture, $"{Shown} must be more than {floor} and at most {most}."));
        return null;
    }

    public int? Whole(int least, int most)
    {
        if (Number(least, most) is not { } number) return null;
        if (decimal.Truncate(number) == number) return (int)number;
        Error($"{Shown} is not a whole number.");
        return null;
    }

    /// <summary>Points: a number of at most two decimals, not negative.</summary>
    public Points? Points()
    {
        if (Number(0, 999_999_999) is not { } number) return null;
        if (Hundredth.TryFrom(number, out var hundredths)) return new Points(hundredths);
        Error($"{Shown} has more than two decimals.");
        return null;
    }

    private decimal? Decimal()
    {
        if (!Is(JsonValueKind.Number, "a number")) return null;
        if (Element!.Value.TryGetDecimal(out var number)) return number;
        Error($"{Shown} is not a number that can be used.");
        return null;
    }

    private bool Is(JsonValueKind kind, string name)
    {
        if (Element is null) return false;
        if (Element.Value.ValueKind == kind) return true;
        Error($"{Shown} is not {name}.");
        return false;
    }

    /// <summary>The value as it stands in the file, shortened.</summary>
    public string Shown
    {
        get
        {
            if (Element is not { } element) return "nothing";
            if (element.ValueKind == JsonValueKind.Object) return "an object";
            if (element.ValueKind == JsonValueKind.Array) return "an array";
            var raw = element.ValueKind == JsonValueKind.String ? $"\"{element.GetString()}\"" : element.GetRawText();
            return raw.Length <= 60 ? raw : raw[..57] + "…";
        }
    }

    private string PathOf(string member) => PlainName().IsMatch(member) ? $"{Path}.{member}" : $"{Path}[\"{member}\"]";

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex CodePattern();

    [GeneratedRegex("^[$A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainName();
}
