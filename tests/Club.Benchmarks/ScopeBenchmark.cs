using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Local;
using Club.Tests.Support;
using Functions.Local.Hosting;
using Microsoft.Extensions.Options;

namespace Club.Benchmarks;

/// <summary>Whether the time of an answer tells a dealer's staff that another dealer's member exists: calls for such members and for ids
/// that nobody has, in turns, in random order.</summary>
internal static class ScopeBenchmark
{
    public static async Task<object> Run(Arguments arguments)
    {
        var (members, calls) = (arguments.Number("members", 2_000), arguments.Number("calls", 6_000));
        await using var host = await LocalProcess.Start();
        using var http = new HttpClient { BaseAddress = host.Http };
        await WebhookBenchmark.Register(http, host.Http, members);
        var others = await Ids(http);
        var options = Options.Create(new AuthOptions { TokenKey = ClubDevelopmentKeys.TokenKey, OwnStaffTokens = true });
        var token = new ClubTokens(options).ForStaff(Role.Director, "李娜", "D022", TimeSpan.FromHours(1)).Value.Token;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var random = new Random(arguments.Number("seed", 20261126));
        var nobody = others.Select(id => string.Concat(id[..9], new string([.. id[9..].Reverse()]))).Except(others).ToArray();
        var plain = await Compare(http, random, others, nobody, calls, "");
        var shown = await Compare(http, random, others, nobody, calls, $"?phone={BenchmarkClub.Phone(60_000_000)}");
        return new { benchmark = "scope", members = others.Length, calls, plain, withAPhoneShown = shown };
    }

    /// <summary>Medians of three kinds of calls; the second look at nobody shows the noise.</summary>
    private static async Task<object> Compare(HttpClient http, Random random, string[] others, string[] nobody, int calls, string query)
    {
        var (there, gone, again) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = -500; i < calls; i++)
        {
            var turn = new (List<double> Times, string[] Ids)[] { (there, others), (gone, nobody), (again, nobody) };
            random.Shuffle(turn);
            foreach (var (times, ids) in turn)
            {
                var took = await Timed(http, $"/api/members/{ids[random.Next(ids.Length)]}/account{query}");
                if (i >= 0) times.Add(took);
            }
        }
        return new { outOfScope = Median(there), nobody = Median(gone), nobodyAgain = Median(again), unit = "µs" };
    }

    private static double Median(List<double> times) => Math.Round(times.Order().ElementAt(times.Count / 2), 1);

    private static async Task<double> Timed(HttpClient http, string path)
    {
        var watch = Stopwatch.StartNew();
        using var response = await http.GetAsync(path);
        var took = watch.Elapsed.TotalMicroseconds;
        if ((int)response.StatusCode != 404) throw new InvalidOperationException($"{path}: {(int)response.StatusCode}");
        return took;
    }

    private static async Task<string[]> Ids(HttpClient http)
    {
        var (ids, continuation) = (new List<string>(), "");
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/members?limit=200{continuation}");
            request.Headers.Add("x-functions-key", DevelopmentKeys.Functions);
            using var response = await http.SendAsync(request);
            var page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            ids.AddRange(page["items"]!.AsArray().Select(member => (string)member!["memberId"]!));
            continuation = (string?)page["continuation"] is { } next ? $"&continuation={Uri.EscapeDataString(next)}" : "";
        } while (continuation.Length > 0);
        return [.. ids];
    }
}
