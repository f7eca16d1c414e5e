using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Transactions;
using CsCheck;
using Xunit;

namespace Club.Tests.Kernel;

/// <summary>Keys and digests made of several texts: no text passes for another list of texts, whatever it holds.</summary>
public sealed class InjectiveKeyTests : Flow
{
    private static readonly Gen<string?> Texts = Gen.OneOf(
        Gen.Const((string?)null), Gen.String[Gen.Char["ab|\n:,\0\u001f\uD83D"], 0, 4].Select(text => (string?)text));

    [Fact]
    public void Other_texts_make_another_id() =>
        Gen.Select(Texts.Array[0, 4], Texts.Array[0, 4]).Sample((first, second) =>
            Assert.Equal(first.SequenceEqual(second), Ids.Derived("x", first) == Ids.Derived("x", second)));

    [Fact]
    public void A_shift_of_the_border_between_two_texts_makes_another_id() =>
        Gen.String[Gen.Char["ab|\n"], 1, 8].Sample(text =>
        {
            var ids = Enumerable.Range(0, text.Length + 1).Select(border => Ids.Derived("", text[..border], text[border..]))
                .Append(Ids.Derived("", text));
            Assert.Distinct(ids);
        });

    public static TheoryData<string, string, string> Forged => new()
    {
        { "data.channel", "a|b", "a" },
        { "data.campaign", "spring\n1|parts||||1|49000", "spring" },
        { "data.paymentMethod", "card|3|spring", "card" },
        { "data.lines.0.lineId", "1|parts", "1" },
        { "data.lines.0.category", "parts|06A", "parts" },
        { "data.lines.0.sku", "A||1|49000\n2|labour", "A" },
    };

    [Theory, MemberData(nameof(Forged))]
    public async Task A_text_with_separators_is_other_content(string path, string forged, string plain)
    {
        await using var club = await Open();
        await club.Register();
        var first = Events.With(Events.Bill(), path, JsonValue.Create(forged));
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(first)).Fate);
        Assert.Equal(Fate.Duplicate, Assert.Single(await club.Send(first)).Fate);
        Assert.Equal("different-content",
            Assert.Single(await club.Send(Events.With(Events.Bill(), path, JsonValue.Create(plain)))).Problem?.Code);
    }

    [Fact]
    public async Task A_border_between_channel_and_payment_method_cannot_be_moved()
    {
        await using var club = await Open();
        await club.Register();
        string Bill(string channel, string method) =>
            Events.With(Events.With(Events.Bill(), "data.channel", channel), "data.paymentMethod", method);
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Bill("a|b", "c"))).Fate);
        Assert.Equal("different-content", Assert.Single(await club.Send(Bill("a", "b|c"))).Problem?.Code);
    }

    [Theory]
    [InlineData("/x/a", "b\nc", "/x/a\nb", "c")]
    [InlineData("/x", "a:b", "/x:a", "b")]
    [InlineData("/x", "a|b", "/x|a", "b")]
    public async Task Another_border_between_source_and_id_is_another_message(string source, string id, string otherSource, string otherId)
    {
        await using var club = await Open();
        await club.Register();
        var receipts = await club.Send(Events.Bill(id, source: source), Events.Bill(otherId, source: otherSource));
        Assert.All(receipts, receipt => Assert.Equal(Fate.Booked, receipt.Fate));
        Assert.Empty(await club.Verify());
    }

    /// <summary>A dealer's system exports a bill again and its lines come in another order: it is the same bill.</summary>
    [Fact]
    public async Task Lines_in_another_order_are_the_same_bill_and_the_same_return()
    {
        await using var club = await Open();
        await club.Register();
        object[] lines = [Events.Line("1", "parts", 490m), Events.Line("2", "labour", 210m)];
        object[] returned = [new { lineId = "1", amount = 90m }, new { lineId = "2", amount = 10m }];
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Bill(lines: lines))).Fate);
        Assert.Equal(Fate.Duplicate, Assert.Single(await club.Send(Events.Bill(lines: [.. lines.Reverse()]))).Fate);
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Return(lines: returned))).Fate);
        Assert.Equal(Fate.Duplicate, Assert.Single(await club.Send(Events.Return(lines: [.. returned.Reverse()]))).Fate);
        object[] exchanged = [Events.Line("1", "labour", 210m), Events.Line("2", "parts", 490m)];
        Assert.Equal("different-content", Assert.Single(await club.Send(Events.Bill(lines: exchanged))).Problem?.Code);
    }
}
