using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Club.Kernel;

/// <summary>The one place where decimal numbers with at most two decimals become whole hundredths and back.</summary>
internal static class Hundredth
{
    /// <summary>What anybody may name.</summary>
    private const decimal Limit = 1_000_000_000_000m;

    /// <summary>What sums of that may come to: whatever was written can be read.</summary>
    private const decimal Widest = long.MaxValue / 100;

    public static long From(decimal value) =>
        TryFrom(value, out var hundredths)
            ? hundredths
            : throw new FormatException(FormattableString.Invariant($"{value} is not a number with at most two decimals below {Limit:0}."));

    public static bool TryFrom(decimal value, out long hundredths)
    {
        hundredths = 0;
        return value is > -Limit and < Limit && IsWhole(value, out hundredths);
    }

    private static bool IsWhole(decimal value, out long hundredths)
    {
        hundredths = 0;
        var scaled = value * 100m;
        if (decimal.Truncate(scaled) != scaled) return false;
        hundredths = (long)scaled;
        return true;
    }

    public static long Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDecimal(out var value)
            || value is < -Widest or > Widest || !IsWhole(value, out var hundredths))
            throw new JsonException("A number with at most two decimals is expected.");
        return hundredths;
    }

    public static void Write(Utf8JsonWriter writer, long hundredths)
    {
        if (hundredths % 100 == 0) writer.WriteNumberValue(hundredths / 100);
        else if (hundredths % 10 == 0) writer.WriteNumberValue(new decimal(hundredths / 10) / 10m);
        else writer.WriteNumberValue(new decimal(hundredths) / 100m);
    }

    public static string Format(long hundredths) => (hundredths / 100m).ToString("0.##", CultureInfo.InvariantCulture);
}

internal sealed class PointsJsonConverter : JsonConverter<Points>
{
    public override Points Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(Hundredth.Read(ref reader));
    public override void Write(Utf8JsonWriter writer, Points value, JsonSerializerOptions options) =>
        Hundredth.Write(writer, value.Hundredths);
}

internal sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(Hundredth.Read(ref reader));
    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => Hundredth.Write(writer, value.Fen);
}
