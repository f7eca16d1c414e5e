using System.Net.Sockets;
using System.Text;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Tests.Local;

/// <summary>Bodies that no client of ours would write: the caller is told, and it is no fault of the host's.</summary>
public sealed class BrokenBodyTests
{
    [Theory]
    [InlineData("zz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("fffffffffffffffff\r\n{}\r\n0\r\n\r\n")]
    [InlineData("80000000\r\n{}\r\n0\r\n\r\n")]
    [InlineData("-1\r\n{}\r\n0\r\n\r\n")]
    [InlineData("\r\n{}\r\n0\r\n\r\n")]
    [InlineData("2;\0\r\n{}\r\n0\r\nx\r\n\r\n")]
    [InlineData("2\r\n{}xx0\r\n\r\n")]
    public async Task A_chunk_that_is_none_is_answered_as_a_bad_request(string chunks)
    {
        await using var host = await ClubHost.Start();
        foreach (var path in (string[])["/api/webhooks/registrations", "/api/webhooks/sms", "/api/members/M1/tier",
            "/api/programmes/skoda/preview", "/api/programmes/what-if", "/api/disputes/x/settle"])
        {
            var status = await Post(host, path, chunks);
            Assert.True(status is >= 400 and < 500, $"{path} is answered {status}");
        }
    }

    private static async Task<int> Post(ClubHost host, string path, string chunks)
    {
        using var client = new TcpClient(host.Http.BaseAddress!.Host, host.Http.BaseAddress.Port);
        var stream = client.GetStream();
        var head = $"POST {path} HTTP/1.1\r\nHost: x\r\nx-functions-key: {DevelopmentKeys.Functions}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head + chunks), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var answer = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        return int.Parse(answer!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
