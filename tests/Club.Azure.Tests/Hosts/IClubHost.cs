using Club.Azure.Tests.Cloud;
using Club.Local;
using Functions.Local.Hosting;
using Functions.Local.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Azure.Tests.Hosts;

/// <summary>The club on one of its hosts.</summary>
internal interface IClubHost
{
    /// <param name="function">Whose route the request takes; the Functions host finds it by itself.</param>
    Task<HttpResponseMessage> Send(string function, HttpRequestMessage request, bool withKey);

    /// <summary>Returns when the messages and all that follows from them are handled.</summary>
    Task Transactions(IReadOnlyList<string> messages);
}

internal sealed class AzureHost(AzureClub club) : IClubHost
{
    public Task<HttpResponseMessage> Send(string function, HttpRequestMessage request, bool withKey) =>
        club.Host.Send(function, request, withKey);

    public Task Transactions(IReadOnlyList<string> messages) => club.Send(messages);
}

/// <summary>Club.Local with the same settings.</summary>
internal sealed class OneProcess : IClubHost, IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("club-one").FullName;
    private LocalHost _host = null!;
    private HttpClient _http = null!;
    private string _key = "";

    public static async Task<OneProcess> Start(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var one = new OneProcess();
        var local = new Dictionary<string, string?>
        {
            ["Local__DataDirectory"] = one._directory, ["Local__HttpPort"] = "0", ["Local__AmqpPort"] = "0",
                ["Logging__LogLevel__Club"] = "None",
            // No default of this host's own: on Azure staff come from an issuer.
            ["Auth__OwnStaffTokens"] = "false",
        };
        foreach (var (name, value) in settings.Where(setting => setting.Key.Split("__")[0] is "Club" or "WeChat" or "SiteWebhook" or "Sms" or "Auth" or "FunctionsKey"))
            local[name] = value;
        one._host = LocalHost.Build(LocalSettings.Of(local), ClubComposition.Club);
        await one._host.Start();
        one._http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = one._host.HttpAddress };
        one._key = local[DevelopmentKeys.FunctionsSetting]!;
        return one;
    }

    public Task<HttpResponseMessage> Send(string function, HttpRequestMessage request, bool withKey)
    {
        if (withKey) request.Headers.Add("x-functions-key", _key);
        return _http.SendAsync(request);
    }

    public async Task Transactions(IReadOnlyList<string> messages)
    {
        var queues = _host.Services.GetRequiredService<DurableQueues>();
        await queues.Find("transactions")!.Append([.. messages.Select(message => new NewMessage(message))]);
        while (QueueOverviews.Read(queues, DateTime.UtcNow).Any(queue => queue.Active > 0)) await Task.Delay(5);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
