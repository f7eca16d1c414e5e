using System.Globalization;
using Club.Tests.Edges;
using CsCheck;
using PhoneNumbers;
using Xunit;

using PhoneNumber = Club.Identity.PhoneNumber;

namespace Club.Tests.Identity;

public sealed class PhoneNumberTests
{
    private static readonly Gen<string> ChinaMobile = Gen.Select(Gen.Int[3, 9], Gen.Int[0, 999_999_999], (second, rest) =>
        string.Create(CultureInfo.InvariantCulture, $"1{second}{rest:D9}"));

    public static TheoryData<string> Published => Vectors.Names(Vectors.Phones, "input");

    [Theory, MemberData(nameof(Published))]
    public void A_published_form_is_read(string input) =>
        Assert.Equal(Vectors.Phones.Single(v => v.Text("input") == input).Text("e164"), PhoneNumber.Parse(input).Value.E164);

    [Theory]
    [InlineData("(+86) 138 0013 8000")]
    [InlineData("（＋８６）１３８－００１３－８０００")]
    [InlineData("138–0013–8000")]
    [InlineData("138.0013.8000")]
    [InlineData("\u202D13800138000\u202C")]
    [InlineData("　13800138000\u00A0")]
    [InlineData("TEL:13800138000")]
    [InlineData("+86 013800138000")]
    public void Other_ways_to_write_it_are_read_too(string input) => Assert.Equal("+8613800138000", PhoneNumber.Parse(input).Value.E164);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("+")]
    [InlineData("--")]
    [InlineData("微信13800138000")]
    [InlineData("13800138000 微信同号")]
    [InlineData("call 13800138000")]
    [InlineData("13800138000;ext=5")]
    [InlineData("13800138000/13900139000")]
    [InlineData("13800138000 13900139000")]
    [InlineData("13800138000\n13900139000")]
    [InlineData("1380013800")]
    [InlineData("138001380000")]
    [InlineData("12800138000")]
    [InlineData("138+00138000")]
    [InlineData("++8613800138000")]
    [InlineData("+13800138000")]
    [InlineData("010-65529988")]
    [InlineData("+861065529988")]
    [InlineData("4008001234")]
    [InlineData("+85212")]
    [InlineData("+999123456789")]
    [InlineData("١٣٨٠٠١٣٨٠٠٠")]
    public void What_is_no_mobile_number_is_refused(string? input) => Assert.Equal("phone-invalid", PhoneNumber.Parse(input).Problem?.Code);

    [Fact]
    public void A_text_of_any_length_is_refused() =>
        Assert.Equal("phone-invalid", PhoneNumber.Parse(new string('1', 1_000_000)).Problem?.Code);

    [Theory]
    [InlineData("+852 9123 4567", "+85291234567", "+852 ****4567")]
    [InlineData("0085291234567", "+85291234567", "+852 ****4567")]
    [InlineData("+1 (650) 253-0000", "+16502530000", "+1 65****0000")]
    [InlineData("+49 1512 3456789", "+4915123456789", "+49 151****6789")]
    [InlineData("+39 06 12345678", "+390612345678", "+39 06****5678")]
    public void Numbers_of_other_countries_are_read_and_masked(string input, string e164, string masked)
    {
        var phone = PhoneNumber.Parse(input).Value;
        Assert.Equal((e164, masked), (phone.E164, phone.Masked));
    }

    [Fact]
    public void A_mainland_number_is_masked_in_the_middle_and_wherever_it_is_printed()
    {
        var phone = PhoneNumber.Parse("13800138000").Value;
        Assert.Equal("138****8000", phone.Masked);
        Assert.Equal("138****8000", $"{phone}");
    }

    [Fact]
    public void Reading_a_number_again_changes_nothing() =>
        ChinaMobile.Sample(number =>
        {
            var once = PhoneNumber.Parse(number).Value;
            return PhoneNumber.Parse(once.E164).Value == once && PhoneNumber.Parse($"0086 {number[..3]}-{number[3..]}").Value == once;
        }, iter: 1000);

    /// <summary>The library knows fewer prefixes, but where both read a number they must agree.</summary>
    [Fact]
    public void Every_mobile_prefix_is_read_as_the_library_normalises_it()
    {
        var library = PhoneNumberUtil.GetInstance();
        for (var prefix = 130; prefix <= 199; prefix++)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"{prefix}00138000");
            Assert.Equal(library.Format(library.Parse(number, "CN"), PhoneNumberFormat.E164), PhoneNumber.Parse(number).Value.E164);
        }
    }
}
