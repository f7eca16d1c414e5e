using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Club.Kernel;
using DotLiquid;

namespace Club.Programmes;

/// <summary>
/// A text with Liquid variables, and <c>if</c>, <c>unless</c> and <c>case</c> around them. Thread-safe; reads no files; its output is one
/// line of at most <see cref="MaxLength"/> characters.
/// </summary>
public sealed partial class CareTemplate
{
    /// <summary>The longest text that a template may come to.</summary>
    public const int MaxLength = 500;

    private const int MaxValueLength = 64;
    private const SyntaxCompatibility Syntax = SyntaxCompatibility.DotLiquid22a;

    private static readonly string[] Tags = ["if", "elsif", "else", "endif", "unless", "endunless", "case", "when", "endcase"];

    private readonly Template _template;
    private readonly PlainTemplate? _plain;

    private CareTemplate(string source, Template template) =>
        (Source, _template, _plain) = (source, template, PlainTemplate.TryParse(source));

    public string Source { get; }

    /// <summary>Parses the template and tries it with sample values: with all of them, with none, and every branch of it at once.</summary>
    /// <returns>The template, or null and what is wrong with it.</returns>
    public static CareTemplate? TryParse(string source, IReadOnlyList<string> variables, out IReadOnlyList<string> errors)
    {
        errors = [.. CheckText(source)];
        if (errors.Count > 0) return null;
        try
        {
            var template = Template.Parse(source, Syntax);
            var everyBranch = Template.Parse(Tag().Replace(source, ""), Syntax);
            errors = [.. Try(template, variables, known: true).Concat(Try(template, variables, known: false))
                .Concat(Try(everyBranch, variables, known: true)).Distinct()];
            if (errors.Count > 0) return null;
            template.MakeThreadSafe();
            return new CareTemplate(source, template);
        }
        catch (Exception e) when (e
            is DotLiquid.Exceptions.LiquidException or DotLiquid.Exceptions.RenderException or InvalidOperationException or FormatException)
        {
            errors = [Plain(e)];
            return null;
        }
    }

    /// <summary>
    /// The text. Dates read 2026年3月2日, points as plain numbers. A value is text, never Liquid; line breaks and 【】 are taken out of it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The text is longer than <see cref="MaxLength"/>, or a value has a type that no template
    /// knows.</exception>
    public string Render(IReadOnlyDictionary<string, object?> values) =>
        TryRender(values) ?? throw new InvalidOperationException($"The text is longer than {MaxLength} characters.");

    /// <returns>Null when the text is longer than <see cref="MaxLength"/>.</returns>
    public string? TryRender(IReadOnlyDictionary<string, object?> values)
    {
        if (_plain is not null)
        {
            using var writer = new BoundedWriter();
            _plain.Render(writer, name => Liquid(values.GetValueOrDefault(name)));
            return writer.Overflowed ? null : writer.ToString().Trim();
        }
        var variables = new Hash();
        foreach (var (name, value) in values) variables[name] = Liquid(value);
        return TryRender(_template, variables);
    }

    private static IEnumerable<string> CheckText(string source)
    {
        if (source.Length > MaxLength * 2) yield return $"is longer than {MaxLength * 2} characters.";
        if (source.Any(c => c is '【' or '】' || char.IsControl(c)))
            yield return "must be one line without 【】: the signature is added when the message is sent.";
        foreach (var tag in Tag().Matches(source).Select(match => match.Groups["name"].Value).Where(tag => !Tags.Contains(tag)))
            yield return $"the tag \"{tag}\" cannot be used here{Nearest.Hint(tag, Tags)}";
    }

    private static IEnumerable<string> Try(Template template, IReadOnlyList<string> variables, bool known)
    {
        var missing = new HashSet<string>(StringComparer.Ordinal);
        var values = new Hash((_, name) =>
        {
            missing.Add(name);
            return null;
        });
        foreach (var name in variables) values[name] = known ? Liquid(CareVariables.Samples[name]) : null;
        if (TryRender(template, values) is null) throw new InvalidOperationException($"The text is longer than {MaxLength} characters.");
        foreach (var error in template.Errors)
        {
            if (error is DotLiquid.Exceptions.FilterNotFoundException) yield return $"unknown filter \"{error.Message}\".";
            else if (error is not DotLiquid.Exceptions.VariableNotFoundException || (known && missing.Count == 0))
                yield return Plain(error);
        }
        foreach (var name in missing.Where(name => !variables.Contains(name)))
            yield return $"unknown variable \"{name}\"{Nearest.Hint(name, variables)}";
    }

    private static string Plain(Exception error) =>
        error.Message.StartsWith("Error - ", StringComparison.Ordinal) ? error.Message[8..] : error.Message;

    private static string? TryRender(Template template, Hash variables)
    {
        using var writer = new BoundedWriter();
        template.Render(writer, new RenderParameters(CultureInfo.InvariantCulture)
        {
            LocalVariables = variables,
            ErrorsOutputMode = ErrorsOutputMode.Suppress,
            MaxIterations = 1000,
            SyntaxCompatibilityLevel = Syntax,
        });
        return writer.Overflowed ? null : writer.ToString().Trim();
    }

    private static object? Liquid(object? value) => value switch
    {
        null or bool or int or long or decimal => value,
        string text => OneLine(text),
        IId id => OneLine(id.Value),
        Points points => points.Value,
        Money money => money.Yuan,
        DateOnly date => date.ToString("yyyy年M月d日", CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"A template cannot say a {value.GetType().Name}."),
    };

    private static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, MaxValueLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > MaxValueLength) break;
            var category = Rune.GetUnicodeCategory(rune);
            if (rune.Value is not ('【' or '】')
                && category is not (
                    UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator))
                line.Append(rune);
        }
        return line.ToString();
    }

    [GeneratedRegex(@"\{%-?\s*(?<name>\w*).*?%\}", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    /// <summary>Keeps no more than fits and remembers that there was more: an exception would be lost on the way through the
    /// renderer.</summary>
    private sealed class BoundedWriter() : StringWriter(CultureInfo.InvariantCulture)
    {
        public bool Overflowed { get; private set; }

        public override void Write(char value) => Write([value]);

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(ReadOnlySpan<char> buffer)
        {
            Overflowed |= GetStringBuilder().Length + buffer.Length > MaxLength;
            if (!Overflowed) GetStringBuilder().Append(buffer);
        }
    }
}
