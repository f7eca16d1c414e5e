using Club.Kernel;
using Xunit;

namespace Club.Tests.Kernel;

public sealed class KernelTests
{
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

    [Fact]
    public void Overflow_throws() => Assert.Throws<OverflowException>(() => new Points(long.MaxValue) + new Points(1));
}
