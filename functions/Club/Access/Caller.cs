using Club.Kernel;

namespace Club.Access;

/// <summary>Who asks for a change, and under whose name it is kept.</summary>
/// <param name="Name">At most <see cref="Limits.Author"/> characters; null while nobody is named.</param>
public sealed record Caller(string? Name)
{
    /// <summary>Whoever holds the key of the club: may do everything, and says who acts.</summary>
    public static readonly Caller Operator = new((string?)null);

    /// <summary>The caller under the name that the body gives as <c>author</c>: an operator's must give one.</summary>
    public Caller Named(JsonFields body) => Name is not null ? this : new Caller(body.Author());

    /// <summary>The name of one who is named.</summary>
    /// <exception cref="InvalidOperationException">Nobody is named: a mistake of the code, not of the caller.</exception>
    public string Author => Name ?? throw new InvalidOperationException("The caller has no name.");
}
