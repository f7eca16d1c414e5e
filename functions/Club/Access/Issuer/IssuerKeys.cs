using System.Text.Json;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Club.Access;

/// <summary>An OIDC issuer's name and keys: fetched when first asked for, kept for hours, and fetched again when a token names a key that
/// is not among them. The library's own <see cref="ConfigurationManager{T}"/> would refuse the first tokens after a change of
/// keys.</summary>
internal sealed class IssuerKeys(string authority) : IDisposable
{
    private static readonly long Kept = (long)TimeSpan.FromHours(12).TotalMilliseconds;

    /// <summary>Between two looks for newer keys, and after an issuer that did not answer: nobody's tokens make the club ask for each of
    /// them, nor wait for each.</summary>
    private static readonly long Pause = (long)TimeSpan.FromSeconds(10).TotalMilliseconds;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly SemaphoreSlim _fetching = new(1);
    private volatile Known? _known;
    private long _notBefore = long.MinValue;

    /// <summary>Those that need not be fetched just now; null when they must be.</summary>
    public OpenIdConnectConfiguration? Current =>
        _known is { } known && Environment.TickCount64 < known.FetchedAt + Kept ? known.Configuration : null;

    /// <exception cref="InvalidOperationException">They were never fetched, and cannot be now.</exception>
    public async ValueTask<OpenIdConnectConfiguration> Get(CancellationToken cancellation) => Current ?? await Fetch(_known, cancellation);

    /// <summary>Those of now, where they may be other than <paramref name="before"/>.</summary>
    public async ValueTask<OpenIdConnectConfiguration> Newer(OpenIdConnectConfiguration before, CancellationToken cancellation) =>
        _known is { } known && known.Configuration != before ? known.Configuration : await Fetch(_known, cancellation);

    private async ValueTask<OpenIdConnectConfiguration> Fetch(Known? before, CancellationToken cancellation)
    {
        await _fetching.WaitAsync(cancellation);
        try
        {
            // Somebody else has fetched them while this one waited, or nobody may just now.
            if (_known is { } known && (known != before || Environment.TickCount64 < _notBefore)) return known.Configuration;
            if (Environment.TickCount64 < _notBefore) throw Unanswered(null);
            var isFirst = _known is null;
            var retriever = new HttpDocumentRetriever(_http) { RequireHttps = !new Uri(authority).IsLoopback };
            var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(
                $"{authority.TrimEnd('/')}/.well-known/openid-configuration", retriever, cancellation);
            _known = new Known(configuration, Environment.TickCount64);
            // Right after the first time a newer key is looked for at once.
            if (!isFirst) _notBefore = Environment.TickCount64 + Pause;
            return configuration;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested && fault
            is IOException or HttpRequestException or OperationCanceledException or ArgumentException or JsonException)
        {
            _notBefore = Environment.TickCount64 + Pause;
            return _known?.Configuration ?? throw Unanswered(fault);
        }
        finally
        {
            _fetching.Release();
        }
    }

    private InvalidOperationException Unanswered(Exception? fault) => new($"The keys of the issuer {authority} cannot be fetched.", fault);

    public void Dispose()
    {
        _http.Dispose();
        _fetching.Dispose();
    }

    private sealed record Known(OpenIdConnectConfiguration Configuration, long FetchedAt);
}
