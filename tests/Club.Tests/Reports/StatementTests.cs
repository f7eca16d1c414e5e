using System.Text;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Reports;
using Xunit;

namespace Club.Tests.Reports;

public sealed class StatementTests : IAsyncDisposable
{
    private readonly ClubFixture _club = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task A_statement_leads_from_the_opening_to_the_closing_balance()
    {
        var memberId = await MemberWithTwoMonths();
        _club.At(2026, 5, 1);
        Assert.Equal(
            [
                "sequence,at,kind,wallet,source,sourceId,points,balance",
                ",2026-04-01T00:00:00+08:00,opening,club,,,,4.9",
                "2,2026-03-31T23:00:00+08:00,accrual,club,/dms/D021,WO-2,4.9,9.8",
                ",2026-05-01T00:00:00+08:00,closing,club,,,,9.8",
            ],
            await Lines(await Made(new MemberId(memberId), "2026-04")));
    }

    [Fact]
    public async Task A_month_without_entries_has_its_balances()
    {
        var memberId = await MemberWithTwoMonths();
        _club.At(2026, 7, 1);
        Assert.Equal(
            [",2026-06-01T00:00:00+08:00,opening,club,,,,9.8", ",2026-07-01T00:00:00+08:00,closing,club,,,,9.8"],
            (await Lines(await Made(new MemberId(memberId), "2026-06")))[1..]);
    }

    [Fact]
    public async Task A_statement_is_written_once()
    {
        var memberId = await MemberWithTwoMonths();
        _club.At(2026, 5, 1);
        var first = await Made(new MemberId(memberId), "2026-04");
        var text = await Text(first);
        var again = await Made(new MemberId(memberId), "2026-04");
        Assert.Equal((true, false, first.Name), (first.IsNew, again.IsNew, again.Name));
        Assert.Equal(text, await Text(again));
    }

    [Fact]
    public async Task A_closed_month_does_not_change_by_what_comes_late()
    {
        var memberId = await MemberWithTwoMonths();
        _club.At(2026, 5, 1);
        var before = await Text(await Made(new MemberId(memberId), "2026-03"));
        await _club.Send(Events.Bill("WO-3", time: "2026-03-10T10:00:00+08:00"));
        var fresh = new MemoryFiles();
        var made = await new Statements(fresh, _club.Store, _club.Get<Membership>(),
            _club.Get<ProgrammeLibrary>(),
            _club.Get<ClubCalendar>()).Make(new MemberId(memberId), Month("2026-03"), Cancellation);
        await using var file = await fresh.Open(made.Value.Name, Cancellation);
        Assert.Equal(before, await new StreamReader(file!.Content).ReadToEndAsync(Cancellation));
    }

    [Theory]
    [InlineData(2026, 5, 1, 0, false)]
    [InlineData(2026, 5, 1, 1, true)]
    public async Task A_month_has_to_be_over_for_an_hour(int year, int month, int day, int hour, bool isClosed)
    {
        var memberId = (await _club.Register()).MemberId;
        _club.At(year, month, day, hour, minute: 0);
        Assert.Equal(isClosed ? null : "month-open", (await Make(memberId, "2026-04")).Problem?.Code);
    }

    [Theory]
    [InlineData("""{"month":"2026-13"}""", "invalid-data")]
    [InlineData("""{"month":"2026-1"}""", "invalid-data")]
    [InlineData("""{"month":"9999-12"}""", "month-open")]
    [InlineData("""{"month":202610}""", "wrong-type")]
    [InlineData("""{}""", "missing-data")]
    [InlineData("[", "malformed-json")]
    public async Task A_request_without_a_month_is_refused(string body, string code)
    {
        var memberId = (await _club.Register()).MemberId;
        var month = JsonFields.Parse(Encoding.UTF8.GetBytes(body), Statements.Read);
        Assert.Equal(code, (month.Problem ?? (await _club.Get<Statements>().Make(memberId, month.Value, Cancellation)).Problem)?.Code);
    }

    [Fact]
    public async Task A_statement_of_nobody_is_not_found()
    {
        _club.At(2026, 5, 1);
        Assert.Equal("not-found", (await Make(new MemberId("M0000000000000000"), "2026-04")).Problem?.Code);
    }

    [Fact]
    public async Task A_spreadsheet_gets_no_formula_from_a_partner()
    {
        var memberId = (await _club.Register()).MemberId;
        await _club.Send(Events.Bill("=HYPERLINK(1)", source: "/dms/D021"), Events.Bill("a,\"b\"\r\nc", source: "/dms/D021"));
        _club.At(2026, 4, 2);
        var text = await Text(await Made(memberId, "2026-03"));
        Assert.Contains(",'=HYPERLINK(1),", text, StringComparison.Ordinal);
        Assert.Contains(",\"a,\"\"b\"\"\r\nc\",", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1", "'=1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("  =1", "'  =1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\u200b=1", "'\u200b=1")]
    [InlineData("\ufeff\u00a0\u3164+1", "'\ufeff\u00a0\u3164+1")]
    [InlineData("\0@1", "'\0@1")]
    [InlineData("李\u200b=1", "李\u200b=1")]
    [InlineData("WO-1", "WO-1")]
    [InlineData("/dms/D021", "/dms/D021")]
    [InlineData("", "")]
    public void A_text_that_would_run_is_given_an_apostrophe(string text, string expected) =>
        Assert.Equal(expected, CsvText.Harmless(text));

    [Fact]
    public async Task A_spreadsheet_learns_that_it_is_UTF_8()
    {
        var memberId = (await _club.Register()).MemberId;
        _club.At(2026, 4, 2);
        await using var file = await _club.Files.Open((await Made(memberId, "2026-03")).Name, Cancellation);
        var begin = new byte[3];
        await file!.Content.ReadExactlyAsync(begin, Cancellation);
        Assert.Equal([0xEF, 0xBB, 0xBF], begin);
    }

    /// <summary>4.9 points in March, 4.9 that happened in March and came in April.</summary>
    private async Task<string> MemberWithTwoMonths()
    {
        var memberId = (await _club.Register()).MemberId;
        await _club.Send(Events.Bill("WO-1", source: "/dms/D021"));
        _club.At(2026, 4, 1, hour: 0, minute: 5);
        await _club.Send(Events.Bill("WO-2", source: "/dms/D021", time: "2026-03-31T23:00:00+08:00"));
        return memberId;
    }

    private Task<Outcome<StatementFile>> Make(MemberId memberId, string month) =>
        _club.Get<Statements>().Make(memberId, Month(month), Cancellation);

    private async Task<StatementFile> Made(MemberId memberId, string month) => (await Make(memberId, month)).Value;

    private static StatementMonth Month(string text) =>
        StatementMonth.TryParse(text, out var month) ? month : throw new FormatException(text);

    private async Task<string> Text(StatementFile statement)
    {
        await using var file = await _club.Files.Open(statement.Name, Cancellation);
        return await new StreamReader(file!.Content).ReadToEndAsync(Cancellation);
    }

    private async Task<string[]> Lines(StatementFile statement) =>
        (await Text(statement)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
}
