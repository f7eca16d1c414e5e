using System.Globalization;
using System.Text.Json;

namespace Club.Kernel;

/// <summary>Days in rows of compact documents: <c>"2026-03-02"</c> or null, without a text in between.</summary>
internal static class JsonDay
{
    private const int Length = 10;

    public static void Write(Utf8JsonWriter writer, DateOnly? day)
    {
        if (day is not { } date)
        {
            writer.WriteNullValue();
            return;
        }
        Span<byte> text = stackalloc byte[Length];
        date.TryFormat(text, out _, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text);
    }

    /// <exception cref="JsonException">The token is neither null nor a day.</exception>
    public static DateOnly? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan is { Length: Length } text)
        {
            var (year, month, day) = (Digits(text[..4]), Digits(text[5..7]), Digits(text[8..]));
            if (year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month))
                return new DateOnly(year, month, day);
        }
        throw new JsonException("A day is expected.");
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9') return -1;
            number = number * 10 + digit - '0';
        }
        return number;
    }
}
