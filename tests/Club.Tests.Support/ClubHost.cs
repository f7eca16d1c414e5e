using System.Globalization;
using System.Net;
using System.Text;
using Club.Edges.WeChat;
using Club.Local;
using Functions.Local.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Club.Tests.Support;

/// <summary>A whole Club.Local in this process, on free ports: what callers meet, over HTTP.</summary>
internal sealed class ClubHost : IAsyncDisposable
{
    private readonly TempDirectory _directory;
    private readonly LocalHost _host;
    private readonly TimeProvider _time;

    private ClubHost(LocalHost host, TempDirectory directory, TimeProvider time, LogWatch logs)
    {
        (_host, _directory, _time, Logs) = (host, directory, time, logs);
        Http = new HttpClient { BaseAddress = host.HttpAddress };
        Staff = new StaffClient(host.HttpAddress, time);
    }

    public HttpClient Http { get; }
    public StaffClient Staff { get; }
    public string Directory => _directory.Path;

    /// <summary>What is logged; nothing of it may tell of a person.</summary>
    public LogWatch Logs { get; }

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public static async Task<ClubHost> Start(Dictionary<string, string?>? settings = null, TimeProvider? time = null)
    {
        var directory = new TempDirectory();
        var clock = time ?? TimeProvider.System;
        var logs = new LogWatch();
        var host = LocalHost.Build(LocalSettings.Of(TestHost.Settings(directory.Path, Watched(settings))), ClubComposition.Club with
        {
            Pacing = TestHost.Hasty,
            Services = (services, read) =>
            {
                ClubComposition.Club.Services(services, read);
                services.AddSingleton<ILoggerProvider>(logs);
            },
        }, clock);
        await host.Start(TestContext.Current.CancellationToken);
        return new ClubHost(host, directory, clock, logs);
    }

    /// <summary>The watch reads everything of ours, whatever is written, and what frameworks say unless they are told to say more.</summary>
    private static Dictionary<string, string?> Watched(Dictionary<string, string?>? settings) => new(settings ?? [])
    {
        [$"Logging__{LogWatch.Alias}__LogLevel__Default"] = "Warning",
        [$"Logging__{LogWatch.Alias}__LogLevel__Microsoft"] = "Warning",
        [$"Logging__{LogWatch.Alias}__LogLevel__Club"] = "Trace",
        [$"Logging__{LogWatch.Alias}__LogLevel__Functions"] = "Trace",
    };

    /// <summary>A call from WeChat in safe mode, signed now unless told otherwise.</summary>
    public async Task<(HttpStatusCode Status, string Body)> WeChat(string xml, long? timestamp = null)
    {
        var options = Get<Microsoft.Extensions.Options.IOptions<WeChatOptions>>().Value;
        var encrypt = new WeChatCrypto(options.AppId, options.EncodingAesKey!).Encrypt(Encoding.UTF8.GetBytes(xml), WeChatKey.Current);
        var at = (timestamp ?? _time.GetUtcNow().ToUnixTimeSeconds()).ToString(CultureInfo.InvariantCulture);
        var signature = WeChatSignature.Of(options.Token, at, "n1", encrypt);
        var (status, body) = await Post($"/api/wechat?encrypt_type=aes&timestamp={at}&nonce=n1&msg_signature={signature}",
            $"<xml><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>");
        return (status, status == HttpStatusCode.OK && body != "success" ? Opened(options, body) : body);
    }

    /// <summary>A call from WeChat in plain mode.</summary>
    public Task<(HttpStatusCode Status, string Body)> PlainWeChat(string xml, long? timestamp = null)
    {
        var options = Get<Microsoft.Extensions.Options.IOptions<WeChatOptions>>().Value;
        var at = (timestamp ?? _time.GetUtcNow().ToUnixTimeSeconds()).ToString(CultureInfo.InvariantCulture);
        return Post($"/api/wechat?timestamp={at}&nonce=n1&signature={WeChatSignature.Of(options.Token, at, "n1")}", xml);
    }

    private async Task<(HttpStatusCode Status, string Body)> Post(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "text/xml");
        using var response = await Http.PostAsync(path, content, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string Opened(WeChatOptions options, string body)
    {
        var encrypt = System.Xml.Linq.XElement.Parse(body).Element("Encrypt")!.Value;
        return Encoding.UTF8.GetString(new WeChatCrypto(options.AppId, options.EncodingAesKey!).Decrypt(encrypt).Value.Content.Span);
    }

    public async ValueTask DisposeAsync()
    {
        Staff.Dispose();
        Http.Dispose();
        await _host.DisposeAsync();
        _directory.Dispose();
        Logs.Check();
    }
}
