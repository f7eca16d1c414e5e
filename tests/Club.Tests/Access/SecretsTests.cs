using System.Net;
using Club.Access;
using Club.Edges.WeChat;
using Club.Local;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Tests.Access;

/// <summary>Whatever somebody shows to prove who she is, right or wrong, is in no line that the host writes, however loud it is.</summary>
[Collection(nameof(Local.LogPrivacyTests))]
public sealed class SecretsTests
{
    private const string SmsKey = "sms-webhook-key-0123456789";
    private const string WrongKey = "a-guess-at-the-staff-key-42";

    private static readonly Dictionary<string, string?> Loud = new()
    {
        ["Logging__LogLevel__Microsoft"] = "Trace", ["Logging__LogLevel__Club"] = "Trace", ["Logging__LogLevel__Default"] = "Trace",
        ["Logging__LogLevel__System"] = "Trace", ["Sms__WebhookKeys__0"] = SmsKey,
    };

    [Fact]
    public async Task Keys_tokens_and_signatures_are_never_written()
    {
        var (console, written) = (Console.Out, new StringWriter());
        Console.SetOut(TextWriter.Synchronized(written));
        var shown = new List<string> { DevelopmentKeys.Functions, WrongKey, SmsKey, ClubDevelopmentKeys.TokenKey,
            ClubDevelopmentKeys.WebhookSecret, ClubDevelopmentKeys.WeChatToken + "\"", ClubDevelopmentKeys.WeChatAesKey, DevelopmentKeys.QueueKey };
        try
        {
            await using var club = await ClubHost.Start(Loud);
            foreach (var (path, name, value) in Proofs(club, shown)) await Call(club, path, name, value);
            await club.Staff.Register(new { phone = "13800138000" }, "msg_secrets");
            await club.WeChat("<xml/>");
        }
        finally
        {
            Console.SetOut(console);
        }
        var log = written.ToString();
        Assert.Contains("/api/members", log, StringComparison.Ordinal);
        Assert.All(shown, secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
    }

    private static IEnumerable<(string Path, string? Header, string? Value)> Proofs(ClubHost club, List<string> shown)
    {
        var token = club.Get<ClubTokens>().ForStaff(Role.Hq, "x", null, TimeSpan.FromMinutes(5)).Value.Token;
        var forged = token[..^4] + "AAAA";
        // The signature is the secret part; the rest is looked for, too, for it opens nothing only as long as nobody signs it.
        foreach (var one in (string[])[token, forged]) shown.AddRange(one.Split('.')[1..]);
        yield return ($"/api/members?code={DevelopmentKeys.Functions}", null, null);
        yield return ($"/api/members?code={WrongKey}", null, null);
        yield return ("/api/members", "x-functions-key", DevelopmentKeys.Functions);
        yield return ("/api/members", "x-functions-key", WrongKey);
        yield return ("/admin/queues", "x-functions-key", WrongKey);
        foreach (var one in (string[])[token, forged])
        {
            yield return ("/api/members", "Authorization", $"Bearer {one}");
            yield return ($"/api/members?access_token={one}", "Authorization", $"Basic {one}");
            yield return ($"/api/files/{one}", "Authorization", $"Bearer {token}");
            yield return ($"/api/nowhere/{one}", null, null);
        }
        yield return ($"/api/webhooks/sms?key={SmsKey}", null, null);
        yield return ("/api/members", "Cookie", $"session={token}");
        var signature = WeChatSignature.Of("another", "1", "n");
        shown.Add(signature);
        yield return ($"/api/wechat?timestamp=1&nonce=n&signature={signature}&echostr=1", null, null);
    }

    private static async Task Call(ClubHost club, string path, string? header, string? value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is not null) request.Headers.TryAddWithoutValidation(header, value);
        using var response = await club.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
    }
}
