using System.Security.Cryptography;
using Club.Gifts;
using Xunit;

namespace Club.Tests.Gifts;

/// <summary>Codes that follow from a key and a number: one to one, unguessable, and a slip of the pen shows.</summary>
public sealed class VoucherCodeTests
{
    private static readonly byte[] Key = "a key for tests, long enough for it"u8.ToArray();

    [Fact]
    public void A_code_leads_to_its_number_and_to_no_other()
    {
        var seen = new HashSet<string>();
        for (var number = 0; number < 20_000; number++)
        {
            var code = VoucherCode.Of("AB2Z", number, Key);
            Assert.True(seen.Add(code));
            Assert.True(VoucherCode.IsWellTyped(code));
            Assert.Equal(("AB2Z", number), (VoucherCode.BatchOf(code), VoucherCode.NumberOf(code, Key)));
        }
        var last = VoucherCode.Of("AB2Z", VoucherCode.MostVouchers - 1, Key);
        Assert.Equal(VoucherCode.MostVouchers - 1, VoucherCode.NumberOf(last, Key));
        Assert.DoesNotContain(seen, code => code.AsSpan().ContainsAny("0O1I"));
    }

    [Fact]
    public void Every_other_character_and_every_swap_is_told_as_a_slip()
    {
        var slips = 0;
        foreach (var number in new[] { 0, 7, 4711, 999_999 })
        {
            var code = VoucherCode.Of("K7QM", number, Key);
            for (var at = 0; at < code.Length; at++)
            {
                foreach (var other in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".Where(other => other != code[at]))
                {
                    Assert.False(VoucherCode.IsWellTyped(code[..at] + other + code[(at + 1)..]));
                    slips++;
                }
                for (var to = at + 1; to < code.Length; to++)
                {
                    if (code[at] == code[to]) continue;
                    var swapped = code.ToCharArray();
                    (swapped[at], swapped[to]) = (swapped[to], swapped[at]);
                    Assert.False(VoucherCode.IsWellTyped(new string(swapped)));
                    slips++;
                }
            }
        }
        Assert.InRange(slips, 3000, int.MaxValue);
    }

    [Fact]
    public void Nobody_guesses_one_or_makes_one_without_the_key()
    {
        var mine = VoucherCode.Of("AB2Z", 5, Key);
        Assert.Null(VoucherCode.NumberOf(mine, "another key for tests, long enough"u8.ToArray()));
        for (var guess = 0; guess < 20_000; guess++)
            Assert.Null(VoucherCode.NumberOf("VAB2Z" + RandomNumberGenerator.GetString(VoucherCode.Alphabet, 15), Key));
        // Neighbours have nothing in common but the batch.
        var next = VoucherCode.Of("AB2Z", 6, Key);
        Assert.InRange(mine.Zip(next).Skip(5).Count(pair => pair.First == pair.Second), 0, 6);
    }

    [Theory]
    [InlineData(" vab2-z", false)]
    [InlineData("XAB2ZAAAAAAAAAAAAAAA", false)]
    [InlineData("VAB2ZAAAAAAAAAAAAAAA!", false)]
    [InlineData("vab2-zaaa aaaa-aaaa-aaaa", true)]
    public void It_is_known_however_it_is_written(string text, bool isOurs) => Assert.Equal(isOurs, VoucherCode.Plain(text) is not null);

    [Fact]
    public void Digits_are_used_alike()
    {
        var counts = new int[32];
        for (var number = 0; number < 4000; number++)
            foreach (var c in VoucherCode.Of("AB2Z", number, Key).AsSpan(5, 14)) counts[VoucherCode.Alphabet.IndexOf(c, StringComparison.Ordinal)]++;
        var expected = 4000 * 14 / 32.0;
        // Chi square with 31 degrees of freedom: 90 is passed once in ten million.
        Assert.InRange(counts.Sum(count => (count - expected) * (count - expected) / expected), 0, 90);
    }
}
