using System.Text.Json.Serialization;

namespace Club.Kernel;

/// <summary>An amount of CNY, exact to the fen. Overflow throws.</summary>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money(long Fen) : IComparable<Money>
{
    public static readonly Money Zero;

    /// <exception cref="FormatException">More than two decimals, or beyond the range.</exception>
    public static Money Of(decimal yuan) => new(Hundredth.From(yuan));

    public decimal Yuan => Fen / 100m;
    public bool IsNegative => Fen < 0;

    public static Money operator +(Money a, Money b) => new(a.Fen + b.Fen);
    public static Money operator -(Money a, Money b) => new(a.Fen - b.Fen);
    public static bool operator <(Money a, Money b) => a.Fen < b.Fen;
    public static bool operator >(Money a, Money b) => a.Fen > b.Fen;
    public static bool operator <=(Money a, Money b) => a.Fen <= b.Fen;
    public static bool operator >=(Money a, Money b) => a.Fen >= b.Fen;

    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);
    public override string ToString() => Hundredth.Format(Fen);
}
