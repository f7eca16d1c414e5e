using System.Diagnostics;
using Club.Access;
using Club.Tests.Support;
using Club.Triggers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Benchmarks;

/// <summary>What the gate costs a call: by the key, by a token of the club, by one of an issuer whose keys are known; one core, in
/// turns.</summary>
internal static class AccessBenchmark
{
    private const string Key = "a-staff-key-of-the-benchmark-0123456789";

    public static async Task<object> Run(Arguments arguments)
    {
        var (calls, rounds) = (arguments.Number("calls", 20_000), arguments.Number("rounds", 7));
        await using var issuer = await OidcIssuer.Start();
        await using var own = Services(new() { ["Auth:OwnStaffTokens"] = "true" });
        await using var staff = Services(new() { ["Auth:Authority"] = issuer.Address, ["Auth:Audience"] = OidcIssuer.Audience });
        var ownToken = own.GetRequiredService<ClubTokens>().ForStaff(Role.Director, "李娜", "D021", TimeSpan.FromHours(1)).Value.Token;
        var tokens = Enumerable.Range(0, 100).Select(i => issuer.Token(new()
        {
            ["roles"] = new[] { "director" }, ["dealer"] = "D021", ["name"] = "李娜", ["sub"] = $"s-{i}",
        }, change: token => token.Expires = DateTime.UtcNow.AddHours(1))).ToArray();
        var cases = new (string Name, Gate Gate, HttpContext[] Contexts)[]
        {
            ("key", own.GetRequiredService<Gate>(), [With("x-functions-key", Key)]),
            ("ownToken", own.GetRequiredService<Gate>(), [With("Authorization", $"Bearer {ownToken}")]),
            ("issuerToken", staff.GetRequiredService<Gate>(), [.. tokens.Select(token => With("Authorization", $"Bearer {token}"))]),
            ("wrongToken", staff.GetRequiredService<Gate>(), [With("Authorization", $"Bearer {tokens[0][..^6]}AAAAAA")]),
        };
        var micros = cases.ToDictionary(one => one.Name, _ => new List<double>());
        for (var round = -1; round < rounds; round++)
            foreach (var one in cases)
            {
                var took = await Measure(one.Gate, one.Contexts, round < 0 ? calls / 4 : calls);
                if (round >= 0) micros[one.Name].Add(took);
            }
        return new
        {
            benchmark = "access", calls,
            microseconds = micros.ToDictionary(one => one.Key, one => new
            {
                median = Math.Round(one.Value.Order().ElementAt(one.Value.Count / 2), 1),
                least = Math.Round(one.Value.Min(), 1), most = Math.Round(one.Value.Max(), 1),
            }),
        };
    }

    private static async Task<double> Measure(Gate gate, HttpContext[] contexts, int calls)
    {
        var answered = ValueTask.FromResult<IResult?>(Results.Ok());
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < calls; i++)
            await gate.Answer(contexts[i % contexts.Length], new Need(Right.ReadMember), () => answered);
        return watch.Elapsed.TotalMicroseconds / calls;
    }

    private static DefaultHttpContext With(string header, string value)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers[header] = value;
        return context;
    }

    /// <summary>Limits as they are, but for more calls than any of them lets pass.</summary>
    private static ServiceProvider Services(Dictionary<string, string?> settings)
    {
        (settings["FunctionsKey"], settings["Auth:TokenKey"]) = (Key, "a-token-key-of-the-benchmark-0123456789");
        settings["Limits:PerCaller"] = settings["Limits:PerAddress"] = settings["Limits:WrongPerAddress"] = "1000000";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddAccess(configuration).AddGate()
            // What is measured is the gate: nothing is kept of these calls.
            .AddSingleton(new AuditTrail(null!, null!))
            .BuildServiceProvider();
    }
}
