using System.Text;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Store;

namespace Club.Desk.Frame;

/// <summary>What a form says, as the body that any other call sends: the same readers read it, so the same is right or wrong.</summary>
public static class FormBody
{
    private const int LongestKey = 128;

    /// <summary>The fields that hold something.</summary>
    public static JsonObject Of(Form form, params ReadOnlySpan<string> names)
    {
        var body = new JsonObject();
        foreach (var name in names)
            if (form.Text(name) is { } text) body[name] = text;
        return body;
    }

    public static Outcome<T> Read<T>(JsonObject body, Func<JsonFields, Outcome<T>> read) =>
        JsonFields.Parse(Encoding.UTF8.GetBytes(body.ToJsonString(ClubJson.Options)), read);

    /// <summary>Why something is done.</summary>
    public static Outcome<string> Reason(Form form) =>
        Read(Of(form, "reason"), Outcome<string> (body) => body.Reason() is { } reason ? reason : body.Problem!);

    /// <summary>Several words of one field.</summary>
    public static JsonArray List(string text) =>
        [.. text.Split([',', '，', '、', ';', '；', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>One of the words that the form offers; null for nothing. A word that it does not offer is no other's in disguise.</summary>
    /// <returns>Problems: <c>missing-data</c>, <c>invalid-data</c>.</returns>
    public static Outcome<string?> Choice(Form form, string name, bool required, params ReadOnlySpan<string> words)
    {
        if (form.Text(name) is not { } word)
            return required ? new Problem("missing-data", $"$.{name}: is missing.", $"$.{name}") : (string?)null;
        return words.Contains(word) ? word
            : new Problem("invalid-data", $"$.{name}: {string.Join(" or ", words)} is expected, not \"{Bounded.Text(word, 40)}\".", $"$.{name}");
    }

    /// <summary>What a form asks to be done once, as other calls ask by their key: of a dealer's staff, once for their dealer.</summary>
    /// <param name="content">What was typed: the same key with other content is refused.</param>
    public static Command Once(Visit visit, Form form, string content) =>
        new(Key(form), Ids.Derived("", visit.Path, content)) { Scope = visit.Admitted.Dealer };

    /// <summary>What makes a form that is sent twice count once.</summary>
    public static string Key(Form form) =>
        form.Text("key") is { Length: <= LongestKey } key && key.All(character => character is > ' ' and <= '~') ? key : Ids.Random("C");
}

/// <summary>What was typed into a form that is shown again.</summary>
public sealed class Typed(Form? form)
{
    public static readonly Typed Nothing = new(null);

    /// <summary>Null while nothing was sent.</summary>
    public string? this[string name] => form?.Whole(name);
}
