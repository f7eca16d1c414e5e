using Club.Messaging;
using Club.Tests.Edges;
using CsCheck;
using Xunit;

namespace Club.Tests.Messaging;

public sealed class SmsTextTests
{
    public static TheoryData<string> Published => Vectors.Names(Vectors.Segments, "text");

    [Theory, MemberData(nameof(Published))]
    public void A_published_text_has_its_size(string text)
    {
        var v = Vectors.Segments.Single(x => x.Text("text") == text);
        var (unit, count) = text.Split('*') is [var u, var c] ? (u, int.Parse(c, System.Globalization.CultureInfo.InvariantCulture))
            : (text, 1);
        Assert.Equal(
            new SmsSize(v.Text("encoding") == "GSM-7" ? SmsEncoding.Gsm7 : SmsEncoding.Ucs2, v.GetProperty("units").GetInt32(),
            v.GetProperty("segments").GetInt32()),
            SmsText.Measure(Repeat(unit, count)));
    }

    [Theory]
    [InlineData("", SmsEncoding.Gsm7, 0, 0)]
    [InlineData("a", SmsEncoding.Gsm7, 1, 1)]
    [InlineData("^{}\\[~]|€", SmsEncoding.Gsm7, 18, 1)]
    [InlineData("Ωéß¿\r\n", SmsEncoding.Gsm7, 6, 1)]
    [InlineData("`", SmsEncoding.Ucs2, 1, 1)]
    [InlineData("a中", SmsEncoding.Ucs2, 2, 1)]
    [InlineData("🚗", SmsEncoding.Ucs2, 2, 1)]
    [InlineData("€中", SmsEncoding.Ucs2, 2, 1)]
    public void Characters_weigh_what_their_encoding_says(string text, SmsEncoding encoding, int units, int segments) =>
        Assert.Equal(new SmsSize(encoding, units, segments), SmsText.Measure(text));

    [Theory]
    [InlineData("中", 71, 2)]
    [InlineData("中", 134, 2)]
    [InlineData("中", 135, 3)]
    [InlineData("🚗", 35, 1)]
    [InlineData("🚗", 36, 2)]
    [InlineData("🚗", 66, 2)]
    [InlineData("🚗", 67, 3)]
    [InlineData("€", 152, 2)]
    [InlineData("€", 153, 3)]
    public void Pairs_are_never_split_between_parts(string character, int count, int segments) =>
        Assert.Equal(segments, SmsText.Measure(Repeat(character, count)).Segments);

    [Fact]
    public void A_text_fits_its_parts_and_needs_them_all() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[1, 900]).Select((kind, count) => (kind, count)).Sample(x =>
        {
            var text = Repeat(((string[])["a", "€", "a€", "中", "🚗", "中🚗"])[x.kind], x.count);
            var size = SmsText.Measure(text);
            var (single, part) = size.Encoding == SmsEncoding.Gsm7 ? (160, 153) : (70, 67);
            return size.Segments == 1 ? size.Units <= single : size.Units > single && size.Units <= size.Segments * part
                && size.Units > (size.Segments - 1) * (part - 1);
        }, iter: 500);

    private static string Repeat(string unit, int count) => string.Concat(Enumerable.Repeat(unit, count));
}
