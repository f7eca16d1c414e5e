using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Club.Programmes;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Both languages have every word, and no page says a word of its own.</summary>
public sealed partial class WordTests
{
    private static readonly Assembly Desk = typeof(FrontDesk).Assembly;

    /// <summary>What is called the same in both.</summary>
    private static readonly string[] Alike = ["VIN", "OpenID", "{0} / {1}"];

    [Fact]
    public void Every_word_is_said_in_both_languages()
    {
        var words = Words().ToList();
        Assert.True(words.Count > 200, $"Only {words.Count} words were found.");
        foreach (var (where, said) in words)
        {
            Assert.False(string.IsNullOrWhiteSpace(said.En) || string.IsNullOrWhiteSpace(said.Zh), where);
            if (Alike.Contains(said.Zh) || said == FrameWords.OtherLanguage) continue;
            Assert.True(Han().IsMatch(said.Zh), $"{where}: {said.Zh}");
            Assert.False(Han().IsMatch(said.En), $"{where}: {said.En}");
            Assert.Equal(Places(said.En), Places(said.Zh));
        }
    }

    [Fact]
    public void Every_occasion_of_the_care_plan_has_a_word_of_its_own() => Assert.All(Enum.GetValues<CareOccasion>(), occasion =>
    {
        var named = JsonNamingPolicy.CamelCase.ConvertName($"{occasion}");
        Assert.NotEqual(named, OccasionTerms.Of(named).Zh);
    });

    [Fact]
    public void No_page_says_a_word_of_its_own()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions", "Club.Desk"), "*.razor", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")).ToList();
        Assert.True(pages.Count > 20);
        foreach (var file in pages)
        {
            var text = File.ReadAllText(file);
            var code = text.IndexOf("\n@code", StringComparison.Ordinal);
            foreach (Match literal in Literal().Matches(Comment().Replace(code < 0 ? text : text[..code], "")))
                Assert.True(literal.Groups[1].Value is "VIN", $"{Path.GetFileName(file)}: {literal.Value}");
            Assert.False(Han().IsMatch(text), file);
        }
    }

    [Fact]
    public void Every_number_is_shown_alike_in_both_languages()
    {
        Assert.Equal("1,234,567.5", Show.Number(1234567.5m));
        Assert.Equal("−3", Show.Change(-3));
        Assert.Equal("+3.25", Show.Change(3.25m));
        Assert.Equal("0", Show.Change(0));
        Assert.Equal("1.2M", Show.Brief(1_234_567, Language.English));
        Assert.Equal("123.5万", Show.Brief(1_234_567, Language.Chinese));
        Assert.Equal("1.2亿", Show.Brief(123_456_789, Language.Chinese));
        Assert.Equal("9999", Show.Brief(9999, Language.Chinese));
        Assert.Equal("-1.2万", Show.Brief(-12_345, Language.Chinese));
    }

    private static IEnumerable<(string Where, Said Said)> Words()
    {
        foreach (var type in Desk.GetTypes())
        {
            foreach (var field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                foreach (var said in In(field.GetValue(null))) yield return ($"{type.Name}.{field.Name}", said);
            // Words of a kind: one for each value that there is.
            foreach (var method in type.GetMethods(BindingFlags.Static | BindingFlags.Public).Where(method => method.ReturnType == typeof(Said)))
                if (method.GetParameters() is [{ ParameterType.IsEnum: true } parameter])
                    foreach (var value in Enum.GetValues(parameter.ParameterType))
                        yield return ($"{type.Name}.{method.Name}({value})", (Said)method.Invoke(null, [value])!);
        }
        foreach (var status in Enum.GetValues<Club.Members.MemberStatus>().Select(Club.Members.Profile.StatusWord))
            yield return (status, Club.Desk.Rooms.Members.MembersWords.StatusOf(status));
        foreach (var room in new RoomList().All) yield return (room.Path, room.Title);
    }

    private static IEnumerable<Said> In(object? value) => value switch
    {
        Said said => [said],
        IEnumerable<(string, Said)> pairs => pairs.Select(pair => pair.Item2),
        IDictionary dictionary => dictionary.Values.OfType<Said>(),
        _ => [],
    };

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    /// <summary>A word between two tags.</summary>
    [GeneratedRegex(@">\s*([A-Za-z][A-Za-z ]+)\s*</")]
    private static partial Regex Literal();
}
