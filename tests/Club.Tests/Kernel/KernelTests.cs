using Club.Kernel;
using Xunit;

namespace Club.Tests.Kernel;

public class KernelTests
{
    [Fact]
    public void The_last_day_of_which_a_term_is_over_is_the_last()
    {
        for (var day = new DateOnly(2027, 1, 1); day < new DateOnly(2029, 4, 1); day = day.AddDays(1))
            foreach (var months in (int[])[1, 2, 6, 11, 12, 36])
            {
                var first = Months.LastOver(day, months);
                Assert.True(Months.After(first, months) <= day && Months.After(first.AddDays(1), months) > day, $"{day} {months}");
            }
    }

    [Theory]
    [InlineData("4.9", 490)]
    [InlineData("0.01", 1)]
    [InlineData("-350", -35000)]
    public void Points_keep_hundredths(string text, long hundredths)
    {
        var value = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(hundredths, Points.Of(value).Hundredths);
        Assert.Equal(text, System.Text.Json.JsonSerializer.Serialize(Points.Of(value)));
    }

    [Fact]
    public void A_third_decimal_is_refused() => Assert.Throws<FormatException>(() => Points.Of(0.001m));

    /// <summary>Whatever sums come to is read again where it was written, also beyond what one may name.</summary>
    [Theory]
    [InlineData(99_999_999_999_999)]
    [InlineData(100_000_000_000_000)]
    [InlineData(-100_000_000_000_000)]
    [InlineData(long.MaxValue / 100 * 100)]
    public void What_was_written_is_read(long hundredths)
    {
        var written = System.Text.Json.JsonSerializer.Serialize(new Points(hundredths));
        Assert.Equal(hundredths, System.Text.Json.JsonSerializer.Deserialize<Points>(written).Hundredths);
        Assert.Equal(hundredths, System.Text.Json.JsonSerializer.Deserialize<Money>(written).Fen);
        Assert.Throws<System.Text.Json.JsonException>(() => System.Text.Json.JsonSerializer.Deserialize<Points>("1e17"));
    }

    [Fact]
    public void Overflow_throws() => Assert.Throws<OverflowException>(() => new Points(long.MaxValue) + new Points(1));
}
