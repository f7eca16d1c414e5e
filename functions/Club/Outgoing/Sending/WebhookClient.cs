using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Club.Edges.Site;
using Microsoft.Extensions.Options;

namespace Club.Outgoing;

/// <summary>What became of one attempt.</summary>
/// <param name="Status">0: there was no answer.</param>
/// <param name="Error">Why there was none, in one of the words of <see cref="WebhookClient"/>.</param>
/// <param name="RetryAfter">How long the receiver asks for a rest.</param>
public readonly record struct Attempt(int Status, string? Error, int Milliseconds, TimeSpan? RetryAfter);

/// <summary>
/// Posts events. Every address that is connected to is looked at after its name was resolved, so that no name leads into the private
/// network; redirects are not followed, proxies not used, cookies not kept, answers not read. Addresses are not logged: they may hold
/// secrets.
/// </summary>
public sealed class WebhookClient(IOptions<OutgoingOptions> options) : IDisposable
{
    public const string Refused = "refused", TimedOut = "timeout", Private = "private-address", Unknown = "unknown-host", Broken = "broken";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly MediaTypeHeaderValue Json = new(Outgoing.ClubEvent.ContentType);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        EnableMultipleHttp2Connections = true, MaxResponseHeadersLength = 16, MaxResponseDrainSize = 16 * 1024,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1), ActivityHeadersPropagator = null,
        ConnectCallback = (context, cancellation) => Connect(context.DnsEndPoint, options.Value.AllowPrivateAddresses, cancellation),
    });

    /// <param name="body">The event in JSON.</param>
    /// <returns>What came of it: whatever goes wrong out there is no fault of the club's.</returns>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public async Task<Attempt> Post(Uri url, byte[] body, WebhookHeaders headers, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url);
            // Over TLS the two agree on HTTP/2 where the receiver speaks it.
            request.Version = url.Scheme == Uri.UriSchemeHttps ? HttpVersion.Version20 : HttpVersion.Version11;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = Json;
            request.Headers.TryAddWithoutValidation(WebhookHeaders.IdName, headers.Id);
            request.Headers.TryAddWithoutValidation(WebhookHeaders.TimestampName, headers.Timestamp);
            request.Headers.TryAddWithoutValidation(WebhookHeaders.SignatureName, headers.Signature);
            request.Headers.TryAddWithoutValidation("User-Agent", "club-events/1");
            using var response = await _http.SendAsync(request, patience.Token);
            return new Attempt((int)response.StatusCode, null, Since(started), RetryAfter(response));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or SocketException or InvalidOperationException
            or NotSupportedException || fault is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return new Attempt(0, Why(fault), Since(started), null);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Connects to one of the addresses that a name has, and to none that is not looked at.</summary>
    private static async ValueTask<Stream> Connect(DnsEndPoint to, bool maybePrivate, CancellationToken cancellation)
    {
        var found = IPAddress.TryParse(to.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(to.Host, cancellation);
        IPAddress[] addresses = maybePrivate ? found : [.. found.Where(PublicAddresses.Contains)];
        if (addresses.Length == 0 && found.Length > 0) throw new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)) return null;
        return response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - DateTimeOffset.UtcNow : null;
    }

    private static int Since(long started) => (int)Math.Min(int.MaxValue, Stopwatch.GetElapsedTime(started).TotalMilliseconds);

    private static string Why(Exception fault)
    {
        for (Exception? inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (inner is PrivateAddressException) return Private;
            if (inner is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain })
                return Unknown;
            if (inner is SocketException { SocketErrorCode: SocketError.ConnectionRefused }) return Refused;
            if (inner is OperationCanceledException or TimeoutException) return TimedOut;
        }
        return Broken;
    }

    private sealed class PrivateAddressException() : IOException("The name leads to no address of the public network.");
}
