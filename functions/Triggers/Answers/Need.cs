using System.Reflection;
using Club.Access;

namespace Club.Triggers;

/// <summary>What making the call takes. Every HTTP function that is not open to anybody says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsAttribute(Right right) : Attribute
{
    public Right Right { get; } = right;

    /// <exception cref="InvalidOperationException">The function does not say: a mistake of the code.</exception>
    public static Right Of(MethodInfo function) => function.GetCustomAttribute<NeedsAttribute>()?.Right
        ?? throw new InvalidOperationException($"{function.DeclaringType?.Name}.{function.Name} does not say which right it needs.");
}

/// <summary>The call is open to anybody, for the reason given, which docs/access.md shows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenAttribute(string why) : Attribute
{
    public string Why { get; } = why;
}

/// <summary>What a function says of who may call it.</summary>
/// <param name="Right">Null: anybody may.</param>
/// <param name="Watched">Null: it is not kept who calls.</param>
internal readonly record struct Need(Right? Right, Watched? Watched = null)
{
    public static readonly Need Nothing = new(null);

    /// <exception cref="InvalidOperationException">It says neither that it is open nor which right it needs, or both: a mistake of the
    /// code, which is not to open anything.</exception>
    public static Need Of(MethodInfo function)
    {
        if (function.GetCustomAttribute<OpenAttribute>() is null)
        {
            var right = NeedsAttribute.Of(function);
            return new Need(right, Rights.IsAudited(right) ? new Watched(function) : null);
        }
        return function.GetCustomAttribute<NeedsAttribute>() is null ? Nothing
            : throw new InvalidOperationException($"{function.DeclaringType?.Name}.{function.Name} is open and needs a right.");
    }
}
