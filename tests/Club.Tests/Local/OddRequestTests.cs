using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Tests.Local;

/// <summary>Requests that no client of ours would send: whoever did is told in a body what was wrong with it.</summary>
public sealed class OddRequestTests
{
    private const string Body = """{"gift":"NONE","count":1}""";

    [Theory]
    [InlineData("Idempotency-Key: a\r\nIdempotency-Key: b", 400, "invalid-data", "more than one")]
    [InlineData("Idempotency-Key: a\r\nidempotency-key: a", 400, "invalid-data", "more than one")]
    [InlineData("Idempotency-Key: k\u00e9y", 400, "invalid-data", "printable ASCII")]
    [InlineData("Idempotency-Key: \u00e9\u0094\u00ae", 400, "invalid-data", "printable ASCII")]
    [InlineData("Idempotency-Key: \u00ff\u00fe", 400, "invalid-data", "printable ASCII")]
    [InlineData("Idempotency-Key: a, b", 404, "not-found", "NONE")]
    [InlineData("Idempotency-Key: a\r\nContent-Type: text/csv", 415, "unsupported-media-type", "not \"text/csv\"")]
    [InlineData("Idempotency-Key: a\r\nContent-Type: multipart/form-data; boundary=x", 415, "unsupported-media-type", "application/json")]
    [InlineData("Idempotency-Key: a\r\nContent-Type: application/xml", 415, "unsupported-media-type", "application/json")]
    [InlineData("Idempotency-Key: a\r\nContent-Type: application/json; charset=gbk", 415, "unsupported-media-type", "UTF-8")]
    [InlineData("Idempotency-Key: a\r\nContent-Type: ;;;", 415, "unsupported-media-type", "application/json")]
    [InlineData("Idempotency-Key: a\r\nContent-Type: application/json; charset=\"UTF-8\"", 404, "not-found", "NONE")]
    [InlineData("Idempotency-Key: a\r\nContent-Type: application/problem+json", 404, "not-found", "NONE")]
    [InlineData("Idempotency-Key: a\r\nContent-Type: application/x-www-form-urlencoded", 404, "not-found", "NONE")]
    [InlineData("Idempotency-Key: a\r\nContent-Type: text/plain; charset=utf-8", 404, "not-found", "NONE")]
    [InlineData("Idempotency-Key: a", 404, "not-found", "NONE")]
    public async Task A_command_with_odd_headers_is_answered_with_a_problem(string headers, int status, string code, string says)
    {
        await using var host = await ClubHost.Start();
        var answer = await Send(host, $"POST /api/vouchers/batches HTTP/1.1\r\n{headers}\r\nContent-Length: {Body.Length}\r\n", Body);
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Contains(says, answer.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8000, 404)]
    [InlineData(9000, 414)]
    [InlineData(30_000, 414)]
    public async Task An_address_that_is_too_long_is_told_so(int length, int status)
    {
        await using var host = await ClubHost.Start();
        foreach (var target in (string[])["/api/members/" + new string('x', length), "/api/nothing?q=" + new string('x', length)])
        {
            var answer = await Send(host, $"GET {target} HTTP/1.1\r\n", "");
            Assert.Equal((status, status == 414 ? "bad-request" : "not-found"), (answer.Status, answer.Code));
        }
    }

    /// <summary>Beyond that, and with a character of no address, Kestrel ends the call before any code of ours: a status, and no body.</summary>
    [Theory]
    [InlineData("/api/members/%00", 400)]
    [InlineData("/api/members/", 414)]
    public async Task What_is_no_HTTP_has_its_status_at_least(string target, int status)
    {
        await using var host = await ClubHost.Start();
        var answer = await Send(host, $"GET {target}{(status == 414 ? new string('x', 40_000) : "")} HTTP/1.1\r\n", "");
        Assert.Equal((status, ""), (answer.Status, answer.Code));
    }

    private static async Task<(int Status, string Code, string Detail)> Send(ClubHost host, string head, string body)
    {
        using var client = new TcpClient(host.Http.BaseAddress!.Host, host.Http.BaseAddress.Port);
        var stream = client.GetStream();
        var text = $"{head}Host: x\r\nx-functions-key: {DevelopmentKeys.Functions}\r\nConnection: close\r\n\r\n{body}";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        var status = int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        if (!answer.Contains("application/problem+json", StringComparison.Ordinal)) return (status, "", "");
        return (status, Member(answer, "code"), JsonSerializer.Deserialize<string>($"\"{Member(answer, "detail")}\"")!);

        // What is long comes in chunks, of which the sizes stand between.
        static string Member(string answer, string name) => Regex.Match(answer, $"\"{name}\":\"((?:[^\"\\\\\r]|\\\\.)*)").Groups[1].Value;
    }
}
