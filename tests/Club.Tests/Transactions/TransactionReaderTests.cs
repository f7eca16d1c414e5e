using System.Text.Json.Nodes;
using Club.Programmes;
using Club.Store;
using Club.Transactions;
using CsCheck;
using Xunit;

namespace Club.Tests.Transactions;

public sealed class TransactionReaderTests
{
    [Theory]
    [InlineData("specversion", "\"0.3\"", "invalid-data", "$.specversion")]
    [InlineData("specversion", null, "missing-data", "$.specversion")]
    [InlineData("id", null, "missing-data", "$.id")]
    [InlineData("id", "17", "wrong-type", "$.id")]
    [InlineData("id", "\"  \"", "invalid-data", "$.id")]
    [InlineData("source", "\"\\u0000\"", "invalid-data", "$.source")]
    [InlineData("type", "\"club.transaction.recroded\"", "unknown-type", "$.type")]
    [InlineData("time", "\"2026-03-02T10:20:00\"", "invalid-data", "$.time")]
    [InlineData("time", "\"2026-13-02T10:20:00Z\"", "invalid-data", "$.time")]
    [InlineData("time", "\"2036-03-02T10:20:00+08:00\"", "future-date", "$.time")]
    [InlineData("time", "\"1900-03-02T10:20:00+08:00\"", "date-out-of-range", "$.time")]
    [InlineData("datacontenttype", "\"text/xml\"", "invalid-data", "$.datacontenttype")]
    [InlineData("data", null, "missing-data", "$.data")]
    [InlineData("data", "[]", "wrong-type", "$.data")]
    [InlineData("data.member", "{}", "member-reference", "$.data.member.memberId")]
    [InlineData("data.member", """{"phone":"13800138000","vin":"LSJA24U62JG269225"}""", "member-reference", "$.data.member.vin")]
    [InlineData("data.member", """{"phone":"微信13800138000"}""", "phone-invalid", "$.data.member.phone")]
    [InlineData("data.member", """{"vin":"LSJA24U62JG26922"}""", "vin-length", "$.data.member.vin")]
    [InlineData("data.lines", "[]", "invalid-data", "$.data.lines")]
    [InlineData("data.lines", "{}", "wrong-type", "$.data.lines")]
    [InlineData("data.lines.0", "7", "wrong-type", "$.data.lines[0]")]
    [InlineData("data.lines.1.lineId", "\"1\"", "duplicate-line", "$.data.lines[1].lineId")]
    [InlineData("data.lines.0.category", "\"vehicle\"", "missing-data", "$.data.lines[0].model")]
    [InlineData("data.lines.0.amount", "-0.01", "negative-amount", "$.data.lines[0].amount")]
    [InlineData("data.lines.0.amount", "\"490\"", "wrong-type", "$.data.lines[0].amount")]
    [InlineData("data.lines.0.amount", "4.905", "too-many-decimals", "$.data.lines[0].amount")]
    [InlineData("data.lines.0.amount", "1e20", "amount-too-large", "$.data.lines[0].amount")]
    [InlineData("data.lines.0.amount", "1e400", "wrong-type", "$.data.lines[0].amount")]
    [InlineData("data.lines.0.quantity", "0", "invalid-quantity", "$.data.lines[0].quantity")]
    [InlineData("data.bookedDaysAhead", "-1", "invalid-data", "$.data.bookedDaysAhead")]
    public async Task What_is_wrong_is_named_by_code_and_path(string path, string? json, string code, string at)
    {
        await using var club = new ClubFixture();
        var message = Events.With(Events.Bill(), path, json is null ? null : JsonNode.Parse(json));
        var problem = club.Get<TransactionReader>().Read(message, await club.Get<ProgrammeLibrary>().Now()).Problem;
        Assert.Equal((code, at), (problem?.Code, problem?.Path));
    }

    [Fact]
    public async Task An_unknown_dealer_is_refused_where_the_programme_lists_dealers()
    {
        await using var club = new ClubFixture("skoda");
        Assert.Equal("unknown-dealer",
            club.Get<TransactionReader>().Read(Events.Bill(dealerId: "D999"), await club.Get<ProgrammeLibrary>().Now()).Problem?.Code);
        Assert.True(club.Get<TransactionReader>().Read(Events.Bill(), await club.Get<ProgrammeLibrary>().Now()).Succeeded);
    }

    [Theory]
    [InlineData("\"WO-88213\"", "\"\\ud800\"")]
    [InlineData("\"shop\"", "\"\\ud800\"")]
    public async Task Half_a_character_is_refused_and_kept(string text, string with)
    {
        await using var club = new ClubFixture();
        var receipt = Assert.Single(await club.Send(Events.Bill().Replace(text, with, StringComparison.Ordinal)));
        Assert.Equal("malformed-json", receipt.Problem?.Code);
        Assert.Single((await club.Store.Find(new("rejected", "", IndexQuery.Last))).Documents);
    }

    [Fact]
    public async Task Unknown_members_are_ignored()
    {
        await using var club = new ClubFixture();
        Assert.True(club.Get<TransactionReader>()
            .Read(Events.With(Events.With(Events.Bill(), "data.colour", "red"), "traceparent", "00-1"),
            await club.Get<ProgrammeLibrary>().Now()).Succeeded);
    }

    [Fact]
    public Task No_damage_to_a_message_is_a_fault_and_none_is_lost() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Char, Gen.Int[0, 3]).SampleAsync(async (position, with, way) =>
        {
            await using var club = new ClubFixture();
            var bill = Events.Bill();
            position %= bill.Length;
            var damaged = way switch
            {
                0 => bill[..position],
                1 => bill.Remove(position, 1),
                2 => bill.Insert(position, with.ToString()),
                _ => bill[..position] + with + bill[(position + 1)..],
            };
            var receipt = Assert.Single(await club.Send(damaged));
            var page = await club.Store.Find(new("rejected", "", IndexQuery.Last));
            Assert.Equal(receipt.Fate == Fate.Rejected ? 1 : 0, page.Documents.Count);
        }, iter: 300);

    [Fact]
    public async Task A_rejection_is_kept_once_and_replayed_when_its_reason_is_gone()
    {
        await using var club = new ClubFixture();
        var bill = Events.Bill(member: new { memberId = "M0000000000000000" });
        await club.Send(bill);
        await club.Send(bill);
        var rejection = Assert.Single((await club.Store.Find(new("rejected", "", IndexQuery.Last))).Documents);
        var stored = await club.Get<Rejections>().Find(rejection.Partition, default);
        Assert.Equal(("unknown-member", "WO-88213"), (stored!.Value.Code, stored.Value.SourceId));
        Assert.Equal(Fate.Rejected, (await club.Get<Accrue>().Replay(stored)).Fate);

        var member = await club.Register();
        var profile = (await club.Store.Read(member.MemberId, "profile"))!;
        await club.Store.Commit("M0000000000000000", [new Write.Create("profile", "profile", System.Text.Encoding.UTF8.GetBytes(
            System.Text.Encoding.UTF8.GetString(profile.Json.Span).Replace(member.MemberId, "M0000000000000000", StringComparison.Ordinal)),
            IndexKeys.None)]);
        stored = await club.Get<Rejections>().Find(rejection.Partition, default);
        Assert.Equal(Fate.Booked, (await club.Get<Accrue>().Replay(stored!)).Fate);
        Assert.Empty((await club.Store.Find(new("rejected", "", IndexQuery.Last))).Documents);
    }
}
