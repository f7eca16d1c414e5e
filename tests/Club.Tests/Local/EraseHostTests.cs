using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Club.Running;
using Functions.Local.Queue;
using Xunit;

namespace Club.Tests.Local;

/// <summary>Erasing persons of a club of a thousand: whoever reads every file of the host's folder finds nothing of them.</summary>
public sealed class EraseHostTests : IAsyncLifetime
{
    private const int Members = 1000;
    private static readonly int[] Erased = [0, 7, 250, 999];
    private readonly string[] _cards = new string[Members];
    private ClubHost _club = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _club = await ClubHost.Start();

    [Fact]
    public async Task No_byte_of_the_erased_is_left_in_any_file_and_all_others_are_there()
    {
        var ids = new string[Members];
        await Parallel.ForAsync(0, Members, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Cancellation },
            async (i, _) =>
            {
                var body = (await _club.Staff.Register(Person(i))).Body;
                (ids[i], _cards[i]) = ((string)body["memberId"]!, (string)body["cardNumber"]!);
            });
        var queue = _club.Get<DurableQueues>().Find("transactions")!;
        await queue.Append([.. Enumerable.Range(0, Members).Select(i => new NewMessage(Events.Bill($"B-{i}", Phone(i))))]);
        await queue.Append([.. Erased.Select(i => new NewMessage(Events.With(Events.Bill($"X-{i}", Phone(i)), "data.lines.0.amount", "?")))]);
        await queue.Append([.. Erased.Select(i => new NewMessage(Events.Bill($"S-{i}", Phone(i))) { ScheduledUtc = DateTime.UtcNow.AddDays(1) })]);
        for (var wait = 0; queue.Active > 0 && wait < 600; wait++) await Task.Delay(100, Cancellation);
        var before = Hits(0);
        Assert.NotEmpty(before);

        foreach (var i in Erased)
        {
            var receipt = await Post($"/api/members/{ids[i]}/erase", """{"reason":"本人申请","author":"A017"}""", HttpStatusCode.OK);
            Assert.Equal(("done", 1), ((string?)receipt["state"], (int)receipt["erased"]!["rejections"]!));
            Assert.Equal(1, (int)receipt["erased"]!["queue"]!);
            Assert.Equal(receipt.ToJsonString(), (await _club.Staff.Get($"/api/members/{ids[i]}/erasure")).ToJsonString());
        }

        foreach (var i in Erased) Assert.Empty(Hits(i));
        // Nor does the card of somebody else stand anywhere in clear.
        Assert.DoesNotContain(Hits(1), hit => hit.StartsWith(_cards[1], StringComparison.Ordinal));
        for (var i = 0; i < Members; i += 9)
        {
            var found = (await _club.Staff.Get($"/api/members?phone={Phone(i)}"))["items"]!.AsArray();
            Assert.Equal(Erased.Contains(i) ? 0 : 1, found.Count);
        }
        Assert.Empty((await _club.Get<Verification>().Verify(cancellation: Cancellation)).Differences);
        using var gone = await _club.Http.SendAsync(Staff(HttpMethod.Get, $"/api/members/{ids[0]}"), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    /// <summary>Where what a person is known by stands, in any file of the folder.</summary>
    private List<string> Hits(int i)
    {
        string[] secrets = [Phone(i), Name(i), Vin(i), Plate(i), OpenId(i), _cards[i]];
        var hits = new List<string>();
        foreach (var file in Directory.EnumerateFiles(_club.Directory, "*", SearchOption.AllDirectories))
        {
            // Held by the host, and empty.
            if (Path.GetFileName(file) == "host.lock") continue;
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            foreach (var secret in secrets)
                foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode])
                    if (bytes.AsSpan().IndexOf(encoding.GetBytes(secret)) >= 0) hits.Add($"{secret} in {Path.GetFileName(file)}");
        }
        return hits;
    }

    private static object Person(int i) => new
    {
        phone = Phone(i), name = Name(i), openId = OpenId(i), dealerId = "D021", birthday = "1986-08-17", hobbies = new[] { $"帆船{i}" },
        consents = new { sms = true }, vehicles = new[] { new { vin = Vin(i), model = "明锐", plate = Plate(i) } },
    };

    private static string Number(int i) => i.ToString("D4", CultureInfo.InvariantCulture);
    private static string Phone(int i) => $"1380013{Number(i)}";
    private static string Name(int i) => $"欧阳{(char)('一' + i)}{(char)('丁' + i)}";
    private static string Vin(int i) => $"WAUZZZ8V5KA10{Number(i)}";
    private static string Plate(int i) => $"京K{Number(i)}Z";
    private static string OpenId(int i) => $"oHost_{Number(i)}_abcdefghijklmnop";

    private static HttpRequestMessage Staff(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("x-functions-key", global::Functions.Local.Hosting.DevelopmentKeys.Functions);
        return request;
    }

    private async Task<JsonNode> Post(string path, string body, HttpStatusCode expected)
    {
        using var request = Staff(HttpMethod.Post, path);
        request.Content = new StringContent(body);
        using var response = await _club.Http.SendAsync(request, Cancellation);
        Assert.Equal(expected, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
    }

    public async ValueTask DisposeAsync() => await _club.DisposeAsync();
}
