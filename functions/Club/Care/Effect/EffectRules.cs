namespace Club.Care;

/// <summary>A difference of two shares, and between what it lies with 95 % confidence.</summary>
/// <param name="Difference">Of those who came among those written to, less those among the held out: 0.03 is three points more.</param>
public readonly record struct Effect(double Difference, double Low, double High)
{
    /// <summary>Whether chance alone would hardly make it.</summary>
    public bool IsSignificant => Low > 0 || High < 0;
}

/// <summary>
/// What saying something does. The interval is Newcombe's of two independent shares (R. G. Newcombe, Statistics in Medicine 17, 1998,
/// 873–890, method 10): it joins the two intervals of Wilson, so it holds for small numbers too, and never leaves −1 to 1. Pure.
/// </summary>
public static class EffectRules
{
    /// <summary>The 97.5 % quantile of the normal distribution.</summary>
    private const double Z = 1.959963984540054;

    /// <returns>Null while nobody was written to, or nobody held out.</returns>
    public static Effect? Of(int written, int writtenVisited, int held, int heldVisited)
    {
        if (written <= 0 || held <= 0) return null;
        var (p, low, high) = Wilson(written, writtenVisited);
        var (q, least, most) = Wilson(held, heldVisited);
        var difference = p - q;
        return new Effect(difference, difference - Length(p - low, most - q), difference + Length(high - p, q - least));
    }

    private static (double Share, double Low, double High) Wilson(int all, int visited)
    {
        var share = (double)visited / all;
        var middle = share + Z * Z / (2 * all);
        var half = Z * Math.Sqrt(share * (1 - share) / all + Z * Z / (4.0 * all * all));
        var by = 1 + Z * Z / all;
        return (share, (middle - half) / by, (middle + half) / by);
    }

    private static double Length(double a, double b) => Math.Sqrt(a * a + b * b);
}
