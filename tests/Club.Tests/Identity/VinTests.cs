using Club.Identity;
using Club.Tests.Edges;
using Xunit;

namespace Club.Tests.Identity;

public sealed class VinTests
{
    public static TheoryData<string> Published => Vectors.Names(Vectors.Vins, "vin");

    [Theory, MemberData(nameof(Published))]
    public void A_published_number_has_its_check_digit(string vin)
    {
        var v = Vectors.Vins.Single(x => x.Text("vin") == vin);
        var check = Vin.Parse(vin).Value.Check;
        Assert.Equal((v.GetProperty("checkDigitOk").GetBoolean(), v.Text("computedCheck")[0]), (check.Holds, check.Expected));
    }

    [Theory]
    [InlineData(" ljcpcblcx11000237 ")]
    [InlineData("ＬＪＣＰＣＢＬＣＸ１１０００２３７")]
    public void Case_width_and_spaces_around_do_not_matter(string input) => Assert.Equal("LJCPCBLCX11000237", Vin.Parse(input).Value.Value);

    [Fact]
    public void A_mistyped_Chinese_number_is_refused_and_the_digit_told()
    {
        var problem = Vin.Parse("LSJA24U62JG269226").Problem;
        Assert.Equal("vin-check-digit", problem?.Code);
        const string digits = "0123456789";
        foreach (var vin in Vectors.Vins.Select(v => v.Text("vin")).Where(v => v[0] == 'L'))
            for (var i = 12; i < Vin.Length; i++)
                foreach (var digit in digits.Where(d => d != vin[i]))
                    Assert.Equal("vin-check-digit", Vin.Parse(vin[..i] + digit + vin[(i + 1)..]).Problem?.Code);
    }

    [Fact]
    public void A_foreign_number_without_a_check_digit_is_accepted_with_a_warning()
    {
        var vin = Vin.Parse("WVWZZZ1JZXW000001").Value;
        Assert.False(vin.Check.Holds);
        Assert.Equal(new VinCheck(false, 'X'), Vin.Parse("SGZCZ43D13S812715").Value.Check);
        Assert.True(Vin.Parse("5GZCZ43D13S812715").Value.Check.Holds);
    }

    [Theory]
    [InlineData(null, "vin-length")]
    [InlineData("", "vin-length")]
    [InlineData("LSJA24U62JG26922", "vin-length")]
    [InlineData("LSJA24U62JG2692255", "vin-length")]
    [InlineData("LSJA24U62JG26922I", "vin-character")]
    [InlineData("LSJA24U62JG26922O", "vin-character")]
    [InlineData("LSJA24U62JG26922q", "vin-character")]
    [InlineData("LSJA24U62JG-69225", "vin-character")]
    [InlineData("LSJA24U62JG26922中", "vin-character")]
    [InlineData("LſJA24U62JG269225", "vin-character")]
    public void Another_shape_is_refused(string? input, string code) => Assert.Equal(code, Vin.Parse(input).Problem?.Code);

    [Fact]
    public void A_number_is_printed_without_its_middle() => Assert.Equal("LSJ**********9225", $"{Vin.Parse("LSJA24U62JG269225").Value}");
}
