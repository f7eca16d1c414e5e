using System.Text;
using System.Text.Json.Nodes;
using Club.Explaining;
using Club.Programmes;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Members;

/// <summary>A blank text is the same as none, and a whole number is whole however it is written.</summary>
public sealed class BlankAndWholeTests : Flow
{
    [Theory]
    [InlineData("""{"phone":"13800138000","vin":""}""")]
    [InlineData("""{"memberId":" ","cardNumber":"","phone":"13800138000","vin":"\t","openId":null}""")]
    [InlineData("""{"openId":"\u3000","phone":"13800138000"}""")]
    public async Task A_blank_identity_beside_a_phone_is_left_out(string member)
    {
        await using var club = await Open();
        await club.Register();
        var bill = Events.With(Events.Bill(), "data.member", JsonNode.Parse(member));
        Assert.True((await club.Get<Preview>().Price(Encoding.UTF8.GetBytes(bill), await club.Get<ProgrammeLibrary>().Now(), null,
            default)).Succeeded);
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(bill)).Fate);
    }

    [Theory]
    [InlineData("""{"phone":"","vin":""}""", 0)]
    [InlineData("""{"phone":"13800138000","vin":"LSVFF26R7D2123456"}""", 2)]
    [InlineData("{}", 0)]
    public async Task Blank_identities_alone_are_none(string member, int given)
    {
        await using var club = await Open();
        var receipt = Assert.Single(await club.Send(Events.With(Events.Bill(), "data.member", JsonNode.Parse(member))));
        Assert.Equal("member-reference", receipt.Problem?.Code);
        Assert.Contains($"not {given}", receipt.Problem!.Message);
    }

    [Theory]
    [InlineData("dealerId")]
    [InlineData("channel")]
    [InlineData("paymentMethod")]
    [InlineData("campaign")]
    [InlineData("lines.0.sku")]
    [InlineData("lines.0.model")]
    public async Task Every_optional_text_of_a_bill_may_be_blank(string path)
    {
        await using var club = await Open();
        await club.Register();
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.With(Events.Bill(), $"data.{path}", " "))).Fate);
        Assert.Equal(Fate.Duplicate, Assert.Single(await club.Send(Events.With(Events.Bill(), $"data.{path}", null))).Fate);
    }

    [Theory]
    [InlineData("3.0", 3)]
    [InlineData("3e0", 3)]
    [InlineData("0.3e1", 3)]
    [InlineData("3.000000", 3)]
    [InlineData("-0.0", 0)]
    public async Task A_whole_number_is_whole_however_it_is_written(string written, int days)
    {
        await using var club = await Open();
        await club.Register();
        var bill = Events.With(Events.Bill(), "data.bookedDaysAhead", 12345);
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(bill.Replace("12345", written, StringComparison.Ordinal))).Fate);
        Assert.Equal(Fate.Duplicate, Assert.Single(await club.Send(Events.With(Events.Bill(), "data.bookedDaysAhead", days))).Fate);
    }

    [Theory]
    [InlineData("3.5")]
    [InlineData("1e400")]
    [InlineData("99999999999")]
    [InlineData("\"3\"")]
    public async Task What_is_not_whole_is_refused(string written)
    {
        await using var club = await Open();
        var bill = Events.With(Events.Bill(), "data.bookedDaysAhead", 12345).Replace("12345", written, StringComparison.Ordinal);
        Assert.Equal(("wrong-type", "$.data.bookedDaysAhead"), Assert.Single(await club.Send(bill)).Problem is { } problem
            ? (problem.Code, problem.Path) : default);
    }
}
