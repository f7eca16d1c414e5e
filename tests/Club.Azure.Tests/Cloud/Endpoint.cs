using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Club.Azure.Tests.Cloud;

/// <summary>A service of the cloud on a free port of this machine.</summary>
internal sealed class Endpoint : IAsyncDisposable
{
    private readonly WebApplication _server;

    private Endpoint(WebApplication server) => _server = server;

    public Uri Address => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="secure">With a certificate of this machine's own.</param>
    public static async Task<Endpoint> Start(RequestDelegate answer, bool secure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (secure) listen.UseHttps(Certificate.Loopback);
        }));
        var server = builder.Build();
        server.Run(answer);
        await server.StartAsync();
        return new Endpoint(server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
