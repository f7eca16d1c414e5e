using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Functions.Local.Http;
using Xunit;

namespace Club.Tests.FunctionsLocal;

/// <summary>Silent HTTP clients take the place of each other, not of those who ask.</summary>
public sealed class HttpCrowdTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Probe _probe = new();

    [Fact]
    public async Task Silent_connections_make_room_and_are_sent_away()
    {
        await using var host = await TestHost.Start(_probe, [typeof(HttpProbe)],
            http: new HttpLimits { MostConnections = 40, UntilRequest = TimeSpan.FromSeconds(3) });
        var silent = new List<TcpClient>();
        for (var i = 0; i < 120; i++)
        {
            var client = new TcpClient(host.Http.BaseAddress!.Host, host.Http.BaseAddress.Port);
            if (i % 2 == 0) await client.GetStream().WriteAsync("GET /api/Health HTTP/1.1\r\nHost: "u8.ToArray());
            silent.Add(client);
        }

        var watch = Stopwatch.StartNew();
        using var answer = await host.Http.GetAsync("/api/Health");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed}.");
        Assert.All(await Task.WhenAll(silent.Select(Ends)), Assert.True);
        silent.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_client_that_has_asked_once_may_keep_its_connection()
    {
        await using var host = await TestHost.Start(_probe, [typeof(HttpProbe)],
            http: new HttpLimits { UntilRequest = TimeSpan.FromSeconds(1) });
        using var client = new TcpClient(host.Http.BaseAddress!.Host, host.Http.BaseAddress.Port);
        for (var i = 0; i < 2; i++)
        {
            await client.GetStream().WriteAsync("GET /api/Health HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
            Assert.True(await client.GetStream().ReadAtLeastAsync(new byte[4096], 12).AsTask().WaitAsync(Patience) >= 12);
            await Task.Delay(2000);
        }
    }

    private static async Task<bool> Ends(TcpClient client)
    {
        using var time = new CancellationTokenSource(Patience);
        try
        {
            while (await client.GetStream().ReadAsync(new byte[4096], time.Token) > 0)
            {
                // What the host says before it hangs up.
            }

            return true;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
