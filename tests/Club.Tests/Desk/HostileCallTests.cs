using Club.Access;
using Club.Desk.Frame;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Whatever somebody who has signed in asks for, no page answers with a fault.</summary>
public sealed class HostileCallTests(DeskClub club) : IClassFixture<DeskClub>
{
    private static readonly RoomList Rooms = new();

    /// <summary>Percent-encoded where they are no text.</summary>
    private static readonly string[] Parts =
    [
        "%20", "%00", "..%2F..%2Fclub.db", "%ED%A0%80", "%FF%FE", "%F0%A0%AE%B7", "%E2%80%AE", "9999-12-31", "-1", "0", "1e400", "9223372036854775807",
        "NaN", "[]", "%7B%7D", "a%0D%0Ab", "'%22%3Cx%3E", "*", "%25", "_", ":", "claim:vin:x", "M0000000000000000", new string('9', 2000), new string('a', 3000),
    ];

    /// <summary>What the pages of a room ask of a query; the last is for all.</summary>
    private static readonly (string Room, string[] Names)[] Queries =
    [
        ("/members/", ["phone", "card", "vin"]),
        ("/members", ["q", "tier", "status", "hobby", "dealerId", "name", "plate", "phone", "card", "vin", "openId", "unionId"]),
        ("/rules", ["from", "to", "book"]),
        ("/audit", ["member", "author", "from", "to"]),
        ("/sign-in", ["back", "code"]),
        ("/", ["state", "owner", "dealerId", "direction", "member", "category", "offered", "on"]),
    ];

    private static readonly string[] AnyQuery = ["continuation", "done", "%00", "%F0%A0"];

    private static readonly string[] OfRules = ["key", "dealerId", "reason", "tag", "programme", "note", "confirm", "book", "sample", "customer", "time",
        "category1", "amount1", "model1", "sku1"];

    private static readonly string[] OfDoor = ["key", "token", "role", "scope", "name", "language", "theme", "back", "code"];

    private static readonly string[] OfMembers = ["key", "dealerId", "reason", "as", "memberId", "samePerson", "note", "name",
        "phone", "gender", "birthday", "city", "hobbies", "was-name", "sms", "subject", "text", "channel", "owner", "dueOn", "state", "forever",
        "change", "step", "reference", "points", "wallet"];

    private static readonly string[] Values = ["\0", "\u202e\uffff", "\ud83d", "null", "{}", "-1", "1e400", "79228162514264337593543950335", "9999-12-31T23:59",
        "0001-01-01T00:00", "\"'<x>", "𠮷", " draft", "1.0", new string('9', 5000)];

    private const int OneOf = 7;

    [Fact]
    public async Task No_address_is_answered_with_a_fault()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        using var director = Browser.Of(club.Host, Role.Director);
        foreach (var (path, isAny) in Looked().Share(OneOf)) await Look(isAny && path.Length % 2 == 1 ? director : hq, path);
    }

    [Fact]
    public async Task No_form_is_answered_with_a_fault()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        foreach (var (path, fields) in Sent().Share(OneOf)) await Send(hq, path, fields);
    }

    private IEnumerable<(string Path, bool IsAny)> Looked()
    {
        foreach (var path in Addresses(isForm: false).Append("/").Append("/sign-in").Append("/nothing").Append("/assets/{id}"))
        {
            foreach (var part in Parts)
            {
                if (path.Contains('{', StringComparison.Ordinal)) yield return (Filled(path, part), false);
                foreach (var query in QueriesOf(path)) yield return ($"{Filled(path, club.Own)}?{query}={part}", true);
            }
            yield return ($"{Filled(path, club.Own)}?a&&=&{string.Join('&', Enumerable.Range(0, 500).Select(i => $"q={i}"))}", false);
        }
    }

    private IEnumerable<(string Path, Dictionary<string, string> Fields)> Sent()
    {
        foreach (var path in Addresses(isForm: true).Concat(["/sign-in", "/sign-out", "/preferences", "/nothing"]))
        {
            foreach (var part in Parts.Where(_ => path.Contains('{', StringComparison.Ordinal))) yield return (Filled(path, part), []);
            var fields = path.StartsWith("/rules", StringComparison.Ordinal) ? OfRules : path.Split('/').Length == 2 ? OfDoor : OfMembers;
            foreach (var value in Values)
            {
                yield return (Filled(path, club.Own), fields.ToDictionary(field => field, _ => value));
                foreach (var field in fields)
                    yield return (Filled(path, club.Own), new() { ["category1"] = "parts", ["amount1"] = "1", ["confirm"] = "yes", ["reason"] = "x", [field] = value });
            }
        }
    }

    private static IEnumerable<string> Addresses(bool isForm) => Rooms.All.SelectMany(room =>
        room.Routes.Where(route => route.IsForm == isForm).Select(route => $"/{room.Path}/{route.Pattern}".TrimEnd('/')));

    private static IEnumerable<string> QueriesOf(string path) =>
        Queries.First(queries => path.StartsWith(queries.Room, StringComparison.Ordinal)).Names.Concat(AnyQuery);

    private static string Filled(string path, string part) => System.Text.RegularExpressions.Regex.Replace(path, @"\{\w+\}", part.Replace("$", "$$", StringComparison.Ordinal));

    private static async Task Look(Browser browser, string path)
    {
        using var answer = (await browser.Get(path)).Answer;
        Assert.True((int)answer.StatusCode < 500, $"{path}: {(int)answer.StatusCode}");
    }

    private static async Task Send(Browser browser, string path, Dictionary<string, string> fields)
    {
        using var answer = (await browser.Post(path, fields)).Answer;
        Assert.True((int)answer.StatusCode < 500, $"{path} {string.Join('&', fields.Select(field => $"{field.Key}={field.Value}"))}: {(int)answer.StatusCode}");
    }
}
