using Club.Access;
using Club.Desk.Words;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Desk.Frame;

/// <summary>
/// A part of the console, in a folder of its own under <c>Rooms</c> with its pages and its words. A class that derives from this one is
/// found by itself: a room is added by adding a folder, and taken away by deleting it.
/// </summary>
public abstract class Room
{
    /// <summary>The first part of its addresses.</summary>
    public abstract string Path { get; }

    public abstract Said Title { get; }

    /// <summary>Who has it sees the room in the navigation.</summary>
    public abstract Right Right { get; }

    /// <summary>Its place in the navigation.</summary>
    public abstract int Order { get; }

    public abstract IReadOnlyList<Route> Routes { get; }

    /// <summary>Registers what its pages share; the pages themselves are registered by their routes.</summary>
    public virtual void Add(IServiceCollection services) { }
}
