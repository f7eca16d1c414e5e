using Club.Kernel;

namespace Club.Access;

/// <summary>An item of a list that is about one member.</summary>
public interface IOfMember
{
    MemberId MemberId { get; }
}

/// <summary>An answer that tells about members.</summary>
public interface ITellsOfMembers
{
    IEnumerable<MemberId> Members { get; }
}
