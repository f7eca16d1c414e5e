using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Club.Programmes;
using Club.Tests.Support;
using Xunit;

namespace Club.Docs.Tests.Pages;

/// <summary>The pages that a newcomer reads: short enough, joined by links, and true about the code they name.</summary>
public sealed partial class PageTests
{
    private const int MostLinesOfReadme = 150;

    /// <summary>Of the framework, not of the club.</summary>
    private static readonly string[] Foreign = ["TimeProvider"];

    /// <summary>What the club and its tests are made of, as written.</summary>
    private static readonly string Source = string.Join('\n', Repository.Sources().Concat(
        Markdown.Files("tests").Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).Select(file => file.Split('/'))
            .Where(path => !path.Any(part => part is "obj" or "bin")).Select(Repository.Read)));

    private static readonly HashSet<string> Types = [.. TypeName().Matches(Source).Select(match => match.Groups["name"].Value)];

    public static TheoryData<string> Pages => [.. Markdown.All];

    [Fact]
    public void The_README_is_read_in_one_go() =>
        Assert.InRange(Repository.Read("README.md").TrimEnd('\n').Split('\n').Length, 20, MostLinesOfReadme);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_somewhere(string page) =>
        Assert.All(Markdown.At(page).Links(), link =>
        {
            var file = Path.Combine(Repository.Root, link.Target);
            Assert.True(File.Exists(file) || Directory.Exists(file), $"{page}: {link.Target} is not there.");
            if (link.Heading is not { } heading) return;
            Assert.True(Markdown.At(link.Target).Headings().Contains(heading), $"{page}: {link.Target} has no heading #{heading}.");
        });

    [Fact]
    public void Every_file_of_docs_is_reached_from_the_README()
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>(["README.md"]);
        while (open.TryDequeue(out var page))
            if (reached.Add(page) && page.EndsWith(".md", StringComparison.Ordinal))
                foreach (var (target, _) in Markdown.At(page).Links())
                    if (File.Exists(Path.Combine(Repository.Root, target))) open.Enqueue(target);
        Assert.Contains("docs/decisions/0001-two-hosts-one-set-of-triggers.md", reached);
        Assert.Empty(Markdown.Files("docs").Except(reached));
        Assert.Empty(Markdown.All.Except(reached));
    }

    /// <summary>A word such as <c>Accrue</c> or <c>Accrue.Handle</c> in code letters is a type of the source, and its member.</summary>
    [Theory]
    [InlineData("docs/architecture.md")]
    [InlineData("docs/glossary.md")]
    [InlineData("CONTRIBUTING.md")]
    public void Every_class_that_is_named_exists(string page)
    {
        var words = Markdown.At(page).Quoted().Where(word => ClassWord().IsMatch(word));
        var named = words.Except(Foreign).Where(word => !IsProject(word)).ToList();
        Assert.True(named.Count > 5, $"Only {named.Count} classes are named.");
        Assert.All(named, word =>
        {
            var parts = word.Split('.');
            Assert.True(Types.Contains(parts[0]), $"{page} names {word}, and there is no type {parts[0]}.");
            foreach (var member in parts[1..]) Assert.Matches($@"\b{member}\b", Source);
        });
    }

    [Fact]
    public void A_word_of_the_glossary_has_one_meaning()
    {
        var rows = Markdown.At("docs/glossary.md").Rows();
        Assert.True(rows.Count > 50, $"Only {rows.Count} words were found.");
        Assert.All(rows, row => Assert.True(row.Length == 4 && row.All(cell => cell.Length > 0), string.Join(" | ", row)));
        foreach (var column in new[] { 0, 1, 3 })
            Assert.Equal(rows.Select(row => row[column]).Distinct(StringComparer.OrdinalIgnoreCase), rows.Select(row => row[column]));
    }

    /// <summary>What a type is called in Chinese is what its member of the rule book is called to those who compare versions.</summary>
    [Fact]
    public void The_glossary_and_the_rule_book_speak_the_same_Chinese()
    {
        var compared = 0;
        foreach (var row in Markdown.At("docs/glossary.md").Rows().Where(row => ClassWord().IsMatch(row[2].Trim('`'))))
        {
            var name = row[2].Trim('`').Split('.')[^1];
            var member = char.ToLowerInvariant(name[0]) + name[1..];
            if (new[] { member, $"{member}s" }.FirstOrDefault(ProgrammeWords.Knows) is not { } known) continue;
            Assert.Equal((known, ProgrammeWords.Of(known).Zh), (known, row[0]));
            compared++;
        }
        Assert.True(compared > 12, $"Only {compared} words were compared.");
    }

    [Fact]
    public void Words_of_the_rule_book_in_the_glossary_are_in_its_schema()
    {
        var schema = Repository.Read("functions", "Programmes", "programme.schema.json");
        var codes = Markdown.At("docs/glossary.md").Rows().Select(row => row[2].Trim('`'));
        var words = codes.Where(word => char.IsAsciiLetterLower(word[0])).ToList();
        Assert.NotEmpty(words);
        Assert.All(words, word => Assert.Contains($"\"{word}\":", schema, StringComparison.Ordinal));
    }

    /// <summary>Some contexts also read parts of what is stored elsewhere.</summary>
    private static bool IsStored(Type type) => type.GetInterfaces()
        .Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(Club.Store.IStored<>));

    /// <summary>Every document of the store has a row in the picture of what is stored, but the probe of the health check.</summary>
    [Fact]
    public void Every_document_stands_in_the_architecture()
    {
        var documents = typeof(ClubServices).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)))
            .SelectMany(type => type.GetCustomAttributesData())
            .Where(attribute => attribute.AttributeType.Name == "JsonSerializableAttribute")
            .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!).Where(IsStored).Select(type => type.Name)
            .Except([nameof(Club.Store.StoreProbe)]);
        Assert.Equal(documents.Order(), Named("What is stored").Append("Parked").Order());
    }

    [Fact]
    public async Task Every_sweep_stands_in_the_architecture()
    {
        await using var club = new ClubFixture();
        Assert.Equal(club.Get<IEnumerable<Club.Store.ISweep>>().Select(sweep => sweep.Name).Concat(club.Get<IEnumerable<Club.Store.IJob>>()
            .Select(job => job.Name)).Order(), Named("What happens by itself").Order());
    }

    /// <summary>The names in the first column of a table of the architecture.</summary>
    private static IEnumerable<string> Named(string heading) =>
        Markdown.At("docs/architecture.md").Rows(heading).SelectMany(row => row[0].Split(", ")).Select(name => name.Trim('`'));

    /// <summary>A name of a project looks like a class and its member.</summary>
    private static bool IsProject(string name) =>
        new[] { "functions", "tests" }.Any(folder => File.Exists(Path.Combine(Repository.Root, folder, name, $"{name}.csproj")));

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum) (?:struct |class )?(?<name>[A-Z]\w*)")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^[A-Z][a-z]\w*(\.[A-Z]\w*)*$|^I[A-Z][a-z]\w*(\.[A-Z]\w*)*$")]
    private static partial Regex ClassWord();
}
