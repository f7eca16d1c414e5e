namespace Club.Kernel;

/// <summary>Ids that begin with the member whose thing it is, so that one read finds it.</summary>
public static class OwnedId
{
    private const char Parting = '.';
    private const int Longest = 64;

    public static string Of(MemberId memberId, params ReadOnlySpan<string?> parts) => $"{memberId}{Parting}{Ids.Derived("", parts)[..12]}";

    /// <summary>The member; what is no such id names nobody.</summary>
    public static MemberId MemberOf(string id) =>
        new(id.Length <= Longest && id.Split(Parting) is [{ Length: > 0 } member, _] ? member : "nobody");
}
