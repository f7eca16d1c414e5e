using System.Text.Json.Serialization;

namespace Club.Kernel;

/// <summary>An amount of points (or of another programme unit), exact to the hundredth. Never floating point; overflow throws.</summary>
[JsonConverter(typeof(PointsJsonConverter))]
public readonly record struct Points(long Hundredths) : IComparable<Points>
{
    public static readonly Points Zero;

    /// <exception cref="FormatException">More than two decimals, or beyond the range.</exception>
    public static Points Of(decimal value) => new(Hundredth.From(value));

    public decimal Value => Hundredths / 100m;
    public bool IsZero => Hundredths == 0;
    public bool IsPositive => Hundredths > 0;
    public bool IsNegative => Hundredths < 0;

    public static Points operator +(Points a, Points b) => new(a.Hundredths + b.Hundredths);
    public static Points operator -(Points a, Points b) => new(a.Hundredths - b.Hundredths);
    public static Points operator -(Points a) => new(-a.Hundredths);
    public static bool operator <(Points a, Points b) => a.Hundredths < b.Hundredths;
    public static bool operator >(Points a, Points b) => a.Hundredths > b.Hundredths;
    public static bool operator <=(Points a, Points b) => a.Hundredths <= b.Hundredths;
    public static bool operator >=(Points a, Points b) => a.Hundredths >= b.Hundredths;

    public static Points Min(Points a, Points b) => a < b ? a : b;
    public static Points Max(Points a, Points b) => a > b ? a : b;

    public int CompareTo(Points other) => Hundredths.CompareTo(other.Hundredths);
    public override string ToString() => Hundredth.Format(Hundredths);
}

public static class PointsExtensions
{
    public static Points Sum<T>(this IEnumerable<T> items, Func<T, Points> points)
    {
        var sum = Points.Zero;
        foreach (var item in items) sum += points(item);
        return sum;
    }
}
