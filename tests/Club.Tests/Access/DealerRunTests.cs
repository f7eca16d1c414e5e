using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text.RegularExpressions;
using Club.Access;
using Club.Local;
using Functions.Local.Queue;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace Club.Tests.Access;

/// <summary>Whatever a dealer's staff ask for, in any order, of every function: no answer tells of another dealer's member.</summary>
public sealed partial class DealerRunTests : IAsyncLifetime
{
    private const int Calls = 10_000;
    private static readonly string[] Names = ["王伟", "赵敏", "孙丽娟", "周建国"];
    private readonly List<Person> _mine = [], _theirs = [];
    private ClubHost _club = null!;

    private sealed record Person(string Id, string Card, string Phone, string Name);

    public async ValueTask InitializeAsync()
    {
        _club = await ClubHost.Start(new() { ["Club__Programme"] = "foton", ["Limits__PerCaller"] = "0" });
        for (var i = 0; i < Names.Length; i++)
        {
            _theirs.Add(await Register($"1380013810{i}", i % 2 == 0 ? "D022" : null, Names[i]));
            _mine.Add(await Register($"1390013910{i}", "D021", $"李{i}娜"));
        }
        var queue = _club.Get<DurableQueues>().Find("transactions")!;
        await queue.Append([.. _mine.Concat(_theirs).Select(person => new NewMessage(Events.Bill($"B-{person.Phone}", person.Phone)))]);
        // What is refused and what is parked quotes persons, too.
        await queue.Append([.. _theirs.Select(person => new NewMessage(Events.Bill($"R-{person.Phone}", person.Phone, time: "soon")))]);
        await _club.Staff.Quiet();
    }

    [Fact]
    public async Task No_call_of_a_dealer_ever_tells_of_another_dealers_member()
    {
        var tokens = new[] { Role.Director, Role.Advisor }
            .Select(role => _club.Get<ClubTokens>().ForStaff(role, "李主任", "D021", TimeSpan.FromMinutes(5)).Value.Token).ToArray();
        var (functions, served) = (Functions(), new int[6]);
        Assert.True(functions.Count > 25);
        await Parallel.ForAsync(0, Calls, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            var random = new Random(20261126 + number);
            var (verb, route) = functions[random.Next(functions.Count)];
            var path = Part().Replace(route, match => Uri.EscapeDataString(Value(random, match.Value)));
            var (query, shown) = Query(random);
            var body = random.Next(3) == 0 ? "{}" : Body(random);
            var (status, answer) = await Send(new HttpMethod(verb), $"/api/{path}?{query}", tokens[random.Next(2)], body);
            Interlocked.Increment(ref served[(int)status / 100]);
            Assert.True((int)status < 500, $"{verb} {path}?{query}: {answer}");
            var sent = Uri.UnescapeDataString(path + query) + body;
            foreach (var person in _theirs.Where(person => person != shown))
                foreach (var secret in (string[])[person.Id, person.Card, person.Phone, person.Name])
                    // A refusal may quote what the caller has sent.
                    Assert.False(answer.Contains(secret, StringComparison.Ordinal)
                        && ((int)status < 400 || !sent.Contains(secret, StringComparison.Ordinal)), $"{verb} {path}?{query}: {answer}");
            if (shown is not null && (int)status < 400) Assert.DoesNotContain(shown.Name, answer, StringComparison.Ordinal);
        });
        // The run is worth nothing where everything is refused.
        Assert.True(served[2] > Calls / 20, string.Join(' ', served));
    }

    /// <summary>Who stands before them, by her phone or card: she may be told of, masked.</summary>
    private (string Query, Person? Shown) Query(Random random)
    {
        var words = new[] { "name=" + Uri.EscapeDataString(Names[random.Next(4)]), "dealerId=D022", "status=member", "tier=ordinary", "limit=2",
            "memberId=" + _theirs[random.Next(4)].Id, "reason=x", "language=en", "phone=" + _mine[random.Next(4)].Phone,
            "continuation=" + random.Next(100), "as=nothing", "openId=o-unknown" };
        // Most functions know few of them and a search refuses one that it does not know.
        var query = words.Where(_ => random.Next(10) == 0).ToList();
        if (random.Next(10) > 0) return (string.Join('&', query), null);
        var shown = _theirs[random.Next(4)];
        query.RemoveAll(word => word.StartsWith("phone=", StringComparison.Ordinal));
        query.Add(random.Next(2) == 0 ? $"phone={shown.Phone}" : $"card={shown.Card}");
        return (string.Join('&', query), shown);
    }

    private string Value(Random random, string part) => part switch
    {
        "{sequence}" => $"{random.Next(1, 3)}",
        "{version}" => "1.0",
        "{benefit}" => random.Next(2) == 0 ? "car-wash" : "rescue",
        "{key}" => $"k{random.Next(5)}",
        "{*name}" => $"statements/{_theirs[random.Next(4)].Id}/2026-10.csv",
        _ => random.Next(10) switch
        {
            < 6 => _theirs[random.Next(4)].Id,
            < 8 => _mine[random.Next(4)].Id,
            8 => "foton",
            _ => new[] { "M0000000000000000", _theirs[0].Id.ToLowerInvariant(), _theirs[1].Id + " ", $"../{_theirs[2].Id}", "x" }[random.Next(5)],
        },
    };

    private string Body(Random random)
    {
        var other = _theirs[random.Next(4)];
        return $$"""{"key":"k{{random.Next(5)}}","memberId":"{{other.Id}}","phone":"{{other.Phone}}","dealerId":"D02{{random.Next(1, 3)}}","reason":"x","month":"2026-10","tier":"gold","until":"2099-01-01","member":{"phone":"{{other.Phone}}"} }""";
    }

    private static List<(string Verb, string Route)> Functions() =>
    [
        .. from type in typeof(ClubComposition).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null
           let right = method.GetCustomAttribute<Triggers.NeedsAttribute>()?.Right
           where right is not null
           // Whom they take into their branch is theirs from then on.
           where method.Name != nameof(Triggers.BranchFunctions.Move)
           from verb in trigger.Methods!
           from often in Enumerable.Range(0, Rights.Has(Role.Director, right.Value) ? 3 : 1)
           select (verb.ToUpperInvariant(), trigger.Route!),
    ];

    private async Task<Person> Register(string phone, string? dealerId, string name)
    {
        var made = (await _club.Staff.Register(new { phone, dealerId, name, birthday = "1986-08-17" })).Body;
        return new Person((string)made["memberId"]!, (string)made["cardNumber"]!, phone, name);
    }

    private async Task<(HttpStatusCode Status, string Body)> Send(HttpMethod method, string path, string token, string body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get) request.Content = new StringContent(body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _club.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync() => await _club.DisposeAsync();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Part();
}
