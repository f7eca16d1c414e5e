using Club.Access;
using Club.Desk.Words;
using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Frame;

/// <summary>One call of the console: who asks for what, and how she wants to see it.</summary>
public sealed record Visit
{
    /// <summary>Below which every address of the console lies.</summary>
    public const string Base = "/api/console";

    /// <summary>The address below <see cref="Base"/>, without its query.</summary>
    public required string Path { get; init; }
    public required IQueryCollection Query { get; init; }

    /// <summary>Address and query, to come back to.</summary>
    public required string Here { get; init; }

    /// <summary>Who has signed in; null: nobody.</summary>
    public Caller? Caller { get; init; }

    /// <summary>What stands in the places of the route's pattern.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>The right that the page took, and that she has.</summary>
    public Right? Right { get; init; }

    public required Preferences Preferences { get; init; }
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The rooms that she may enter.</summary>
    public IReadOnlyList<Room> Rooms { get; init; } = [];

    public Language Language => Preferences.Language;

    /// <summary>The caller as far as the page's right goes.</summary>
    /// <exception cref="InvalidOperationException">The page took no right: a mistake of the code.</exception>
    public Caller Admitted => Right is { } right && For(right) is { } caller ? caller
        : throw new InvalidOperationException("The page took no right.");

    /// <summary>The caller as far as a right goes; null when she has not got it.</summary>
    public Caller? For(Right right) => Caller?.For(right) is { } caller
        ? Guest.Before(caller, name => Query[name] is [{ } value] ? value : null) : null;

    public bool May(Right right) => Caller?.For(right) is not null;

    public string Value(string name) => Values[name];

    /// <summary>What the query asks for; null for nothing or blanks.</summary>
    public string? Asked(string name) => Query[name] is [{ } value, ..] && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    public string Say(Said said) => said.In(Language);

    public string Moment(DateTimeOffset moment) => Show.Moment(moment, Zone);

    /// <summary>The same call as one of the page at <paramref name="path"/>.</summary>
    public Visit On(string path) => this with { Path = path, Here = To(path, [], [.. Query.SelectMany(asked => asked.Value, (asked, one) =>
        (asked.Key, one))]) };

    /// <summary>This page with another value in its query; null takes it out.</summary>
    public string HereWith(string name, string? value) => To(Path, [], [.. Query.Where(asked => asked.Key != name && asked.Key != "done")
        .SelectMany(asked => asked.Value, (asked, one) => (asked.Key, one)), (name, value)]);

    /// <summary>An address of the console. Every part is escaped, queries without a value are left out.</summary>
    public static string To(string room, IEnumerable<string> parts, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var address = new System.Text.StringBuilder(Base).Append('/').Append(room);
        foreach (var part in parts) address.Append('/').Append(Uri.EscapeDataString(part));
        var separator = '?';
        foreach (var (name, value) in query)
        {
            if (string.IsNullOrEmpty(value)) continue;
            address.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }
        return address.ToString();
    }
}
