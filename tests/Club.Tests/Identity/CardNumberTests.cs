using Club.Identity;
using Club.Kernel;
using CsCheck;
using Xunit;

namespace Club.Tests.Identity;

public sealed class CardNumberTests
{
    private static readonly Gen<CardNumber> Card = Gen.Select(Gen.String[Gen.Char['0', 'Z'], 1, 20], Gen.Int[0, 9],
        (member, attempt) => CardNumber.Derive(new MemberId(member), attempt));

    [Fact]
    public void A_derived_number_is_valid_and_always_the_same() =>
        Gen.Select(Gen.String[Gen.Char['0', 'Z'], 1, 20], Gen.Int[0, 9]).Sample((member, attempt) =>
        {
            var card = CardNumber.Derive(new MemberId(member), attempt);
            return card == CardNumber.Derive(new MemberId(member), attempt) && CardNumber.Parse(card.Value).Value == card && card.Value.Length == 12
                && card.Value[0] != '0';
        }, iter: 1000);

    /// <summary>Members keep the number on their card: the derivation may never change.</summary>
    [Fact]
    public void The_derivation_is_fixed()
    {
        Assert.Equal("240855196707", CardNumber.Derive(new MemberId("M0123456789ABCDEF"), 0).Value);
        Assert.Equal("378567014451", CardNumber.Derive(new MemberId("M0123456789ABCDEF"), 1).Value);
    }

    [Fact]
    public void Every_single_mistyped_digit_is_noticed() =>
        Gen.Select(Card, Gen.Int[1, 11], Gen.Int[1, 9]).Sample((card, position, step) =>
        {
            var digits = card.Value.ToCharArray();
            digits[position] = (char)('0' + (digits[position] - '0' + step) % 10);
            return CardNumber.Parse(new string(digits)).Problem?.Code == "card-check-digit";
        }, iter: 1000);

    [Fact]
    public void Numbers_worked_out_by_hand_hold()
    {
        Assert.True(CardNumber.Parse("100000000008").Succeeded);
        Assert.True(CardNumber.Parse("123456789015").Succeeded);
        Assert.Equal("card-check-digit", CardNumber.Parse("100000000000").Problem?.Code);
    }

    [Theory]
    [InlineData("1000 0000 0008")]
    [InlineData(" 100000000008 ")]
    [InlineData("１００００００００００８")]
    public void Spaces_and_width_do_not_matter(string input) => Assert.Equal("100000000008", CardNumber.Parse(input).Value.Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("10000000000")]
    [InlineData("1000000000008")]
    [InlineData("000000000000")]
    [InlineData("1000-0000-0008")]
    [InlineData("١00000000008")]
    public void Another_shape_is_refused(string? input) => Assert.Equal("card-format", CardNumber.Parse(input).Problem?.Code);
}
