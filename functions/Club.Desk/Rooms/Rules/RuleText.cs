using System.Text;
using System.Text.Json;
using Club.Desk.Words;
using Club.Kernel;
using Club.Programmes;

namespace Club.Desk.Rooms.Rules;

/// <summary>Something that is wrong with a text, where it is.</summary>
/// <param name="Line">From 1; null: nowhere in particular.</param>
/// <param name="Excerpt">The line with its neighbours, and their numbers.</param>
public sealed record TextError(Said Message, string? Code, string? Path, int? Line, IReadOnlyList<(int Number, string Text)> Excerpt);

/// <summary>A programme as somebody writes it: laid out, read back, and its places by line.</summary>
public static class RuleText
{
    private const int LongestLine = 160;
    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = ClubJson.Options.Encoder };
    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = 60 };

    public static string Of(JsonElement programme)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Layout)) programme.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>What was typed, as JSON; or why it is none.</summary>
    public static (JsonElement? Json, TextError? Error) Read(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > ProgrammeText.MostBytes) return (null, Wrong(text, RulesWords.TooLarge, null));
        try
        {
            using var document = JsonDocument.Parse(text, Depth);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return (null, Wrong(text, RulesWords.NoObject, 1));
            // Written and read again, so that what is kept can be read by every store.
            using var whole = JsonDocument.Parse(ProgrammeText.ToUtf8(document.RootElement));
            return (whole.RootElement.Clone(), null);
        }
        catch (JsonException broken)
        {
            var why = broken.Message.Split(" Path:")[0].Split(" LineNumber:")[0];
            return (null, Wrong(text, new Said($"{RulesWords.NoJson.En} {why}", $"{RulesWords.NoJson.Zh} {why}"), (int?)broken.LineNumber + 1));
        }
        catch (InvalidOperationException)
        {
            return (null, Wrong(text, RulesWords.HalfCharacter, null));
        }
    }

    /// <summary>Problems of a programme, each at its line of the text.</summary>
    public static IReadOnlyList<TextError> Place(string text, IReadOnlyList<Problem> problems)
    {
        if (problems.Count == 0) return [];
        var lines = LinesOf(text);
        return [.. problems.Select(problem =>
        {
            var line = LineOf(lines, problem.Path);
            return new TextError(new Said(problem.Message, problem.Message), problem.Code, problem.Path, line, Excerpt(text, line));
        })];
    }

    /// <summary>The line of every value, by its JSON path.</summary>
    private static Dictionary<string, int> LinesOf(string text)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 64 });
        var open = new Stack<(string Path, int Next)>();
        var (line, at, path) = (1, 0, "$");
        try
        {
            while (reader.Read())
            {
                for (; at < reader.TokenStartIndex; at++) if (bytes[at] == '\n') line++;
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    path = $"{open.Peek().Path}.{reader.GetString()}";
                    continue;
                }
                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    open.Pop();
                    continue;
                }
                if (open.TryPeek(out var around) && around.Next >= 0)
                {
                    path = $"{around.Path}[{around.Next}]";
                    open.Pop();
                    open.Push((around.Path, around.Next + 1));
                }
                places.TryAdd(path, line);
                if (reader.TokenType == JsonTokenType.StartObject) open.Push((path, -1));
                else if (reader.TokenType == JsonTokenType.StartArray) open.Push((path, 0));
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // What was read so far has its places.
        }
        return places;
    }

    /// <summary>Of what is missing, the line of what it is missing in.</summary>
    private static int? LineOf(Dictionary<string, int> lines, string? path)
    {
        for (var place = path; !string.IsNullOrEmpty(place); place = place[..Math.Max(0, place.LastIndexOfAny(['.', '[']))])
            if (lines.TryGetValue(place, out var line)) return line;
        return null;
    }

    private static TextError Wrong(string text, Said message, int? line) => new(message, null, null, line, Excerpt(text, line));

    private static List<(int, string)> Excerpt(string text, int? line)
    {
        if (line is not { } number) return [];
        var lines = text.Split('\n');
        return [.. Enumerable.Range(number - 1, 3).Where(one => one >= 1 && one <= lines.Length)
            .Select(one => (one, lines[one - 1].Length > LongestLine ? lines[one - 1][..LongestLine] + "…" : lines[one - 1]))];
    }
}
