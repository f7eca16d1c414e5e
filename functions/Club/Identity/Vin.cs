using Club.Kernel;

namespace Club.Identity;

/// <param name="Expected">The check digit that the other characters ask for: 0 to 9 or X.</param>
public readonly record struct VinCheck(bool Holds, char Expected);

/// <summary>
/// A vehicle identification number (ISO 3779): 17 characters without I, O and Q. The check digit at position 9 is mandatory in China
/// (GB 16735) and North America and unused by most other makers, so only a Chinese number (world maker code L…) must satisfy it.
/// </summary>
public sealed record Vin
{
    public const int Length = 17;
    private const int MaxInput = 40;
    private const int CheckPosition = 8;

    private Vin(string value, VinCheck check) => (Value, Check) = (value, check);

    public string Value { get; }

    /// <summary>Where it does not hold the number is a foreign one, and worth a warning.</summary>
    public VinCheck Check { get; }

    /// <summary>Maker and last four, as a log may show it.</summary>
    public override string ToString() => Masks.Vin(Value);

    /// <summary>Problems: <c>vin-length</c>, <c>vin-character</c>, <c>vin-check-digit</c> (Chinese numbers only).</summary>
    public static Outcome<Vin> Parse(string? input)
    {
        var text = input is null or { Length: > MaxInput } ? "" : FullWidth.Fold(input).Trim();
        if (text.Length != Length) return new Problem("vin-length", $"A VIN has {Length} characters.");
        foreach (var c in text)
            if (ValueOf(char.ToUpperInvariant(c)) < 0)
                return new Problem("vin-character", "A VIN has Latin letters without I, O and Q, and digits only.");

        var value = text.ToUpperInvariant();
        var check = CheckOf(value);
        if (!check.Holds && value[0] == 'L')
            return new Problem("vin-check-digit",
                $"The VIN's check digit (9th character) is {value[CheckPosition]} and should be {check.Expected}: a character is mistyped.");
        return new Vin(value, check);
    }

    /// <summary>The digit that belongs at position 9 (GB 16735, 49 CFR 565), whatever stands there.</summary>
    /// <param name="vin">17 characters that a VIN may hold, in upper case.</param>
    public static char CheckDigitOf(string vin) => CheckOf(vin).Expected;

    private static VinCheck CheckOf(string vin)
    {
        ReadOnlySpan<byte> weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
        var sum = 0;
        for (var i = 0; i < Length; i++) sum += weights[i] * ValueOf(vin[i]);
        var expected = "0123456789X"[sum % 11];
        return new(vin[CheckPosition] == expected, expected);
    }

    /// <summary>49 CFR 565's letter values; -1 for what a VIN may not hold.</summary>
    private static int ValueOf(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'H' => c - 'A' + 1,
        >= 'J' and <= 'N' => c - 'J' + 1,
        'P' => 7,
        'R' => 9,
        >= 'S' and <= 'Z' => c - 'S' + 2,
        _ => -1,
    };
}
