using Club.Access;
using Club.Kernel;

namespace Club.Desk.Frame;

/// <summary>What answers at an address below a room, and what it takes.</summary>
/// <param name="Pattern">Such as <c>{id}/entries</c>; empty: the room's own address.</param>
/// <param name="Handler">A <see cref="IPage"/> or a <see cref="IForm"/>; made for each call, with the services it asks for.</param>
public sealed record Route(string Pattern, Right Right, Type Handler)
{
    /// <summary>Bytes of a form that are read.</summary>
    public int MostBytes { get; init; } = Limits.Body;

    public bool IsForm { get; } = typeof(IForm).IsAssignableFrom(Handler);

    /// <summary>Whether what it answers is kept as a file, not looked at.</summary>
    public bool IsFile { get; } = typeof(IFile).IsAssignableFrom(Handler);

    public static Route Page<T>(string pattern, Right right) where T : IPage => new(pattern, right, typeof(T));

    public static Route Form<T>(string pattern, Right right) where T : IForm => new(pattern, right, typeof(T));

    /// <summary>What stands in the places of the pattern; null when the path is not of it.</summary>
    public IReadOnlyDictionary<string, string>? Match(ReadOnlySpan<string> path)
    {
        var parts = Pattern.Length == 0 ? [] : Pattern.Split('/');
        if (parts.Length != path.Length) return null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] is ['{', .. var name, '}']) values[name] = path[i];
            else if (parts[i] != path[i]) return null;
        }
        return values;
    }
}

/// <summary>Shows something: a GET.</summary>
public interface IPage
{
    Task<Reply> Show(Visit visit, CancellationToken cancellation);
}

/// <summary>Gives something to be kept as a file: a GET, answered with <see cref="Reply.Download"/>.</summary>
public interface IFile : IPage;

/// <summary>Does what a form asks: a POST, whose origin has been checked.</summary>
public interface IForm
{
    Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation);
}
