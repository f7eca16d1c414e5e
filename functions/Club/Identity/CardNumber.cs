using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Club.Kernel;

namespace Club.Identity;

/// <summary>A member's card number: 12 digits, the first not 0, the last a Luhn check digit, so that a mistyped digit is noticed.</summary>
public sealed record CardNumber
{
    public const int Length = 12;

    private const ulong FirstBody = 10_000_000_000;

    private CardNumber(string value) => Value = value;

    public string Value { get; }

    public override string ToString() => Value;

    /// <summary>The number that a member is offered: the same for the same attempt. Take the next attempt when it is taken.</summary>
    public static CardNumber Derive(MemberId memberId, int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(attempt);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"card\n{memberId}\n{attempt}")), hash);
        var body = (FirstBody + BinaryPrimitives.ReadUInt64BigEndian(hash) % (9 * FirstBody)).ToString(CultureInfo.InvariantCulture);
        return new(body + CheckDigitOf(body));
    }

    /// <summary>Accepts spaces and full-width digits. Problems: <c>card-format</c>, <c>card-check-digit</c>.</summary>
    public static Outcome<CardNumber> Parse(string? input)
    {
        const int maxInput = 40;
        var digits = input is null || input.Length > maxInput ? "" : FullWidth.Fold(input).Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length != Length || digits[0] == '0' || !digits.All(char.IsAsciiDigit))
            return new Problem("card-format", $"A card number has {Length} digits.");
        return CheckDigitOf(digits.AsSpan(0, Length - 1)) == digits[^1]
            ? new CardNumber(digits)
            : new Problem("card-check-digit", "The card number's check digit does not match: a digit is mistyped.");
    }

    /// <summary>Luhn (ISO/IEC 7812-1, annex B): every other digit from the right is doubled.</summary>
    private static char CheckDigitOf(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < body.Length; i++)
        {
            var digit = body[^(i + 1)] - '0';
            if (i % 2 == 0) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }
        return (char)('0' + (10 - sum % 10) % 10);
    }
}
