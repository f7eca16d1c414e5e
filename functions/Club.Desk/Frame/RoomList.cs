using Club.Access;

namespace Club.Desk.Frame;

/// <summary>Every room of this assembly, found by itself.</summary>
public sealed class RoomList
{
    private readonly Room[] _all =
    [
        .. typeof(Room).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Room)) && !type.IsAbstract)
            .Select(type => (Room)Activator.CreateInstance(type)!).OrderBy(room => room.Order),
    ];

    public IReadOnlyList<Room> All => _all;

    /// <summary>Those that somebody may enter.</summary>
    public IReadOnlyList<Room> For(Caller? caller) => caller is null ? [] : [.. _all.Where(room => caller.For(room.Right) is not null)];

    public Room? Find(string path) => Array.Find(_all, room => room.Path == path);
}
