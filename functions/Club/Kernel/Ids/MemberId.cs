using System.Text.Json.Serialization;

namespace Club.Kernel;

/// <summary>A member: <c>M</c> and 80 random bits. Whatever a caller gives in its place is taken as it is, and names nobody.</summary>
[JsonConverter(typeof(IdJsonConverter<MemberId>))]
public readonly record struct MemberId(string Value) : IId<MemberId>, IComparable<MemberId>
{
    public static MemberId Of(string value) => new(value);

    public static implicit operator string(MemberId id) => id.ToString();
    public static bool operator <(MemberId a, MemberId b) => a.CompareTo(b) < 0;
    public static bool operator >(MemberId a, MemberId b) => a.CompareTo(b) > 0;
    public static bool operator <=(MemberId a, MemberId b) => a.CompareTo(b) <= 0;
    public static bool operator >=(MemberId a, MemberId b) => a.CompareTo(b) >= 0;

    public int CompareTo(MemberId other) => string.CompareOrdinal(Value, other.Value);

    /// <exception cref="InvalidOperationException">A <c>default</c> names nobody.</exception>
    public override string ToString() => Value ?? throw new InvalidOperationException("There is no id of a member.");
}
