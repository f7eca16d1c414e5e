using System.Globalization;
using System.Text;

namespace Club.Edges.WeChat;

/// <summary>
/// Reads the XML that WeChat writes, which is not quite XML: what a person typed stands in it unescaped, control characters, <c>]]&gt;</c>
/// and tags included. So nothing inside a text becomes structure: a field ends at the last closing tag of its name, and what names the
/// sender is read before anything that a person typed. Document types are refused, entities are the five of XML and numbers, and nesting is
/// never followed.
/// </summary>
internal static class WeChatXml
{
    private const string SectionStart = "<![CDATA[", SectionEnd = "]]>";

    // How a writer that knows XML writes "]]>" inside a section.
    private const string SplitEnd = "]]]]><![CDATA[>";

    /// <summary>Written by WeChat itself, before any text: the first closing tag ends them, so that a text which holds one cannot swallow
    /// or replace them.</summary>
    private static readonly HashSet<string> Head = new(StringComparer.Ordinal) { "ToUserName", "FromUserName", "CreateTime", "MsgType",
        "Event" };

    /// <summary>Written by WeChat behind the text: of several the last is its own.</summary>
    private static readonly HashSet<string> Tail = new(StringComparer.Ordinal) { "MsgId", "MsgID" };

    /// <returns>What is wrong; null when the body was read into <paramref name="fields"/>.</returns>
    public static string? Read(string text, Dictionary<string, string> fields)
    {
        var rest = text.AsSpan().Trim(" \t\r\n");
        if (Declaration(ref rest) is { } declared) return declared;
        if (!Opens(ref rest, out var root, out var isEmpty)) return "The body is not XML that is accepted here.";
        if (isEmpty) return rest.IsEmpty ? null : "Something stands behind the body.";
        var end = $"</{root}>";
        if (!rest.EndsWith(end, StringComparison.Ordinal)) return "The body does not end with what it begins with.";
        rest = rest[..^end.Length];
        while (true)
        {
            SkipBlank(ref rest);
            if (rest.IsEmpty) return null;
            if (!Opens(ref rest, out var name, out isEmpty)) return "The body is not XML that is accepted here.";
            if (isEmpty) continue;
            var closing = $"</{name}>";
            var at = Head.Contains(name) ? rest.IndexOf(closing, StringComparison.Ordinal)
                : rest.LastIndexOf(closing, StringComparison.Ordinal);
            if (at < 0) return $"The element {(name.Length <= 40 ? name : name[..40])} is not closed.";
            if (Text(rest[..at]) is { } value && (!fields.TryAdd(name, value) && Tail.Contains(name))) fields[name] = value;
            rest = rest[(at + closing.Length)..];
        }
    }

    /// <summary>UTF-8 by either of its names; nothing else is declared.</summary>
    private static string? Declaration(ref ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith("<?xml ", StringComparison.Ordinal)) return null;
        var end = rest.IndexOf("?>", StringComparison.Ordinal);
        if (end < 0) return "The declaration has no end.";
        var declaration = rest[..end];
        rest = rest[(end + 2)..].TrimStart(" \t\r\n");
        var at = declaration.IndexOf("encoding", StringComparison.Ordinal);
        if (at < 0) return null;
        var encoding = declaration[(at + "encoding".Length)..].Trim(" \t\r\n='\"");
        return encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || encoding.Equals("utf8", StringComparison.OrdinalIgnoreCase)
            ? null
            : "The body declares an encoding other than UTF-8.";
    }

    /// <summary>A start tag, attributes left out. False for anything else: a closing tag, a document type, text between fields.</summary>
    private static bool Opens(ref ReadOnlySpan<char> rest, out string name, out bool isEmpty)
    {
        (name, isEmpty) = ("", false);
        var end = rest.IndexOf('>');
        if (end < 2 || rest[0] != '<' || !(char.IsAsciiLetter(rest[1]) || rest[1] == '_')) return false;
        var tag = rest[1..end];
        isEmpty = tag[^1] == '/';
        if (isEmpty) tag = tag[..^1];
        var length = tag.IndexOfAny(" \t\r\n");
        name = (length < 0 ? tag : tag[..length]).ToString();
        if (name.AsSpan().ContainsAny("<&\"'")) return false;
        rest = rest[(end + 1)..];
        return true;
    }

    /// <summary>White space and comments between fields.</summary>
    private static void SkipBlank(ref ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart(" \t\r\n");
        while (rest.StartsWith("<!--", StringComparison.Ordinal) && rest.IndexOf("-->", StringComparison.Ordinal) is var end and > 0)
            rest = rest[(end + 3)..].TrimStart(" \t\r\n");
    }

    /// <summary>The text of a field; null when it holds elements instead of one section.</summary>
    private static string? Text(ReadOnlySpan<char> inner)
    {
        var section = inner.Trim(" \t\r\n");
        if (section.StartsWith(SectionStart, StringComparison.Ordinal) && section.EndsWith(SectionEnd, StringComparison.Ordinal)
            && section.Length >= SectionStart.Length + SectionEnd.Length)
            return section[SectionStart.Length..^SectionEnd.Length].ToString().Replace(SplitEnd, SectionEnd, StringComparison.Ordinal);
        return inner.Contains('<') ? null : Unescaped(inner);
    }

    /// <summary>What is no reference stays as it was typed.</summary>
    private static string Unescaped(ReadOnlySpan<char> escaped)
    {
        if (!escaped.Contains('&')) return escaped.ToString();
        var text = new StringBuilder(escaped.Length);
        while (escaped.IndexOf('&') is var start and >= 0)
        {
            text.Append(escaped[..start]);
            escaped = escaped[start..];
            var end = escaped.IndexOf(';');
            if (end > 0 && Character(escaped[1..end]) is { } character)
            {
                text.Append(character.ToString());
                escaped = escaped[(end + 1)..];
                continue;
            }
            text.Append('&');
            escaped = escaped[1..];
        }
        return text.Append(escaped).ToString();
    }

    private static Rune? Character(ReadOnlySpan<char> reference) => reference switch
    {
        "amp" => new Rune('&'),
        "lt" => new Rune('<'),
        "gt" => new Rune('>'),
        "quot" => new Rune('"'),
        "apos" => new Rune('\''),
        ['#', 'x', .. var hex] => int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
        && Rune.IsValid(code) ? new Rune(code) : null,
        ['#', .. var digits] =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code) ? new Rune(code) : null,
        _ => null,
    };
}
