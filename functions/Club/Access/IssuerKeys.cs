using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Club.Access;

/// <summary>An OIDC issuer's name and keys: fetched when first asked for, kept for hours, and fetched again when a token names a key that
/// is not among them. The library's own <see cref="ConfigurationManager{T}"/> would refuse the first tokens after a change of
/// keys.</summary>
internal sealed class IssuerKeys(string authority) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(12);

    /// <summary>Whoever sends tokens with keys of their own does not make the club ask the issuer for each.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly HttpDocumentRetriever _http = new() { RequireHttps = !new Uri(authority).IsLoopback };
    private readonly SemaphoreSlim _fetching = new(1);
    private volatile Known? _known;

    /// <exception cref="InvalidOperationException">They were never fetched, and cannot be now.</exception>
    public async ValueTask<OpenIdConnectConfiguration> Get(CancellationToken cancellation) =>
        _known is { } known && known.Age < Kept ? known.Configuration : await Fetch(_known, cancellation);

    /// <summary>Those of now, when they are other than <paramref name="before"/>.</summary>
    public async ValueTask<OpenIdConnectConfiguration> Newer(OpenIdConnectConfiguration before, CancellationToken cancellation) =>
        _known is { } known && (known.Configuration != before || known.Age < Pause) && known.Renewals > 0 ? known.Configuration
        : await Fetch(_known, cancellation);

    private async ValueTask<OpenIdConnectConfiguration> Fetch(Known? before, CancellationToken cancellation)
    {
        await _fetching.WaitAsync(cancellation);
        try
        {
            // Somebody else has fetched them while this one waited.
            if (_known is { } known && known != before) return known.Configuration;
            var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(
                $"{authority.TrimEnd('/')}/.well-known/openid-configuration", _http, cancellation);
            _known = new Known(configuration, Environment.TickCount64, (before?.Renewals ?? -1) + 1);
            return configuration;
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or InvalidOperationException or ArgumentException)
        {
            return before?.Configuration
                ?? throw new InvalidOperationException($"The keys of the issuer {authority} cannot be fetched.", fault);
        }
        finally
        {
            _fetching.Release();
        }
    }

    public void Dispose() => _fetching.Dispose();

    /// <param name="Renewals">How often they were fetched again: right after the first time, a new key is looked for at once.</param>
    private sealed record Known(OpenIdConnectConfiguration Configuration, long FetchedAt, int Renewals)
    {
        public TimeSpan Age => TimeSpan.FromMilliseconds(Environment.TickCount64 - FetchedAt);
    }
}
