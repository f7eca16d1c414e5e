using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Club.Kernel;
using Club.Programmes;
using Club.Tests.Support;
using Club.Transactions;
using Xunit;

namespace Club.Docs.Tests.Pages;

/// <summary>The examples of docs/rule-book.md: they can be copied, and they earn what the text says.</summary>
public sealed partial class RuleBookPageTests
{
    private static readonly string Section = Between(Repository.Read("docs", "rule-book.md"), "\n## Write an earning rule\n", "\n## ");

    private static readonly string Spending =
        Between(Repository.Read("docs", "rule-book.md"), "\n## Say what points are good for\n", "\n## ");

    /// <summary>What to add, the transaction, and the table of what it earns.</summary>
    private static readonly (string Title, JsonObject Addition, string Message, string[][] Rows)[] Examples =
        [.. Section.Split("\n**").Where(part => part.Contains("```json", StringComparison.Ordinal)).Select(Read)];

    public static TheoryData<string> Titles => [.. Examples.Select(example => example.Title)];

    [Fact]
    public void There_are_three_examples() =>
        Assert.Equal(["A seasonal campaign", "Advance booking", "A campaign with a partner"], Examples.Select(example => example.Title));

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task An_example_is_valid_and_earns_what_the_text_says(string title)
    {
        var (_, addition, message, rows) = Examples.Single(example => example.Title == title);
        var sample = Path.Combine(AppContext.BaseDirectory, "Programmes", "foton.json");
        var file = JsonNode.Parse(File.ReadAllText(sample))!;
        foreach (var (list, items) in addition)
            foreach (var item in items!.AsArray()) file[list]!.AsArray().Add(item!.DeepClone());
        var schema = new ProgrammeSchema(JsonElement.Parse(
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Programmes", "programme.schema.json"))));
        Assert.True(schema.Accepts(JsonElement.Parse(JsonSerializer.SerializeToUtf8Bytes(file))));

        await using var club = new ClubFixture(rules: ProgrammeReader.Read(Encoding.UTF8.GetBytes(file.ToJsonString())));
        var member = await club.Register();
        club.At(2026, 6, 30);
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(message)).Fate);

        var lines = (await club.Entries(member.MemberId)).SelectMany(entry => entry.Explanation).Where(line => line.Rule is not null)
            .ToArray();
        Assert.Equal(rows.Select(row => (row[0], row[1], row[2])),
            lines.Select(line => (line.LineId ?? "", $"`{line.Rule}`", $"{line.Points}")));
        foreach (var (line, how) in lines.Zip(rows.Select(row => row[3])))
        {
            Assert.StartsWith($"`{line.In(Language.English)}`", how, StringComparison.Ordinal);
            foreach (var cut in line.Cuts ?? []) Assert.EndsWith($"leaves out {cut.Points}", how, StringComparison.Ordinal);
            if (line.Funding is { Count: > 1 } shares)
                Assert.Contains($"paid for by {string.Join(" and ", shares.Select(share => $"{share.Funder} {share.Points}"))}", how,
                    StringComparison.Ordinal);
        }
        var (today, wallet) = (club.Get<ClubCalendar>().Today, (await club.Account(member.MemberId)).Wallet(new WalletCode("club")));
        Assert.Equal(rows.Any(row => row[3].EndsWith("pending", StringComparison.Ordinal)), wallet.Pending(today).IsPositive);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public void The_errors_shown_are_the_errors_told()
    {
        var shown = Between(Section, "has 3 errors:\n", "\n```").Split('\n');
        var file = Book.File();
        Book.Set(file, "earning[0]",
            """{"id":"a","when":{"categroy":["parts"]},"award":{"fixed":1},"from":"2026-06-01","to":"2026-05-31"}""");
        Assert.Equal(shown, Assert.Throws<ProgrammeException>(() => Book.Read(file)).Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void What_is_said_of_spending_is_what_a_programme_may_say()
    {
        var rows = Spending.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));

        Assert.Equal(ProgrammeFormat.Spending.Members.Order(StringComparer.Ordinal),
            rows.SelectMany(row => Name().Matches(row.Split('|')[1]).Select(match => match.Groups[1].Value)).Order(StringComparer.Ordinal));
        Assert.Equal(ProgrammeFormat.Spending.Members.Order(StringComparer.Ordinal),
            SpendingExample().Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_example_of_spending_is_valid_and_pays_for_what_the_text_says()
    {
        var spending = Book.With(new JsonObject { ["spending"] = SpendingExample() }.ToJsonString()).Spending!;
        var club = spending.Find(new WalletCode("club"))!;

        var (atDealer, atPartner) = (300 * spending.ValueOf(club, atPartner: false), 300 * spending.ValueOf(club, atPartner: true));

        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"pay for {atDealer:0.##} CNY of a bill of 700 at the club's dealers"),
            Spending, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"and for {atPartner:0.##} CNY at a partner."), Spending,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_mistakes_in_spending_are_told_as_shown()
    {
        var file = Book.FileWith(new JsonObject { ["spending"] = SpendingExample() }.ToJsonString());
        Book.Set(file, "spending.least", "105");
        Book.Set(file, "spending.wallets[0].wallet", "\"clb\"");
        Book.Set(file, "spending.wallets[1].at", "\"everywhere\"");

        Assert.Equal(Between(Spending, "would be right:\n```\n", "\n```").Split('\n'),
            Assert.Throws<ProgrammeException>(() => Book.Read(file)).Errors.Select(error => error.ToString()));
    }

    private static JsonObject SpendingExample() =>
        JsonNode.Parse(JsonBlock().Match(Spending).Groups["json"].Value)!["spending"]!.DeepClone().AsObject();

    private static (string, JsonObject, string, string[][]) Read(string part)
    {
        var blocks = JsonBlock().Matches(part).Select(match => JsonNode.Parse(match.Groups["json"].Value)!.AsObject()).ToArray();
        var rows = part.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2)
            .Select(line => line[1..^1].Split('|').Select(cell => cell.Trim()).ToArray()).ToArray();
        return (part[..part.IndexOf(':', StringComparison.Ordinal)], blocks[0], blocks[1].ToJsonString(), rows);
    }

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        Assert.True(from >= start.Length, $"{start} is missing.");
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Name();

    [GeneratedRegex("```json\n(?<json>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
