using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Club.Kernel;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Club.Access;

/// <summary>One sign-in at the issuer: what it is sent with, and what it must come back with.</summary>
/// <param name="State">Comes back with the browser, so that nobody signs another in.</param>
/// <param name="Nonce">Comes back in the ID token, so that no other sign-in's is taken.</param>
/// <param name="Verifier">Proves to the issuer that who brings the code has asked for it (RFC 7636).</param>
/// <param name="ReturnTo">The address that the issuer leads back to.</param>
public sealed record IssuerVisit(string State, string Nonce, string Verifier, string ReturnTo)
{
    public static IssuerVisit Begin(string returnTo) => new(Drawn(), Drawn(), Drawn(), returnTo);

    private static string Drawn() => Ids.Base64Url(RandomNumberGenerator.GetBytes(32));
}

/// <summary>Sign-in at the OIDC issuer by authorization code with PKCE (OpenID Connect Core 1.0, section 3.1; RFC 9700).</summary>
public sealed partial class IssuerSignIn(TokenReader tokens, IOptions<AuthOptions> options, ILogger<IssuerSignIn> log) : IDisposable
{
    /// <summary>More than any issuer's answer has.</summary>
    private const int MostBytes = 256 * 1024;

    private const int MostOfCode = 4096;

    /// <summary>Follows nobody: code and secret are for the issuer's own address.</summary>
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = MostBytes,
    };

    /// <summary>Whether the console may lead to the issuer.</summary>
    public bool IsOffered => options.Value is { ClientId: not null, Authority: not null };

    private string Client => options.Value.ClientId ?? throw new InvalidOperationException("Auth__ClientId is not set.");

    /// <summary>The issuer's address, to which the browser is led.</summary>
    public async Task<Outcome<string>> AddressFor(IssuerVisit visit, CancellationToken cancellation)
    {
        if (await Endpoint(known => known.AuthorizationEndpoint, cancellation) is not { } endpoint) return Silent;
        var address = new StringBuilder(endpoint.AbsoluteUri).Append(endpoint.Query.Length == 0 ? '?' : '&');
        foreach (var (name, value) in new[]
        {
            ("response_type", "code"), ("client_id", Client), ("redirect_uri", visit.ReturnTo), ("scope", options.Value.Scope),
            ("state", visit.State), ("nonce", visit.Nonce), ("code_challenge_method", "S256"),
            ("code_challenge", Ids.Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(visit.Verifier)))),
        }) address.Append(name).Append('=').Append(Uri.EscapeDataString(value)).Append('&');
        return address.ToString(0, address.Length - 1);
    }

    /// <summary>The token of who has signed in, for a code that the browser has brought: one that the club admits.</summary>
    public async Task<Outcome<string>> Redeem(IssuerVisit visit, string code, CancellationToken cancellation)
    {
        if (code.Length > MostOfCode) return Refused("The issuer's code is longer than any.");
        try
        {
            if (await Endpoint(known => known.TokenEndpoint, cancellation) is not { } endpoint) return Silent;
            using var form = new FormUrlEncodedContent(Form(visit, code));
            using var response = await _http.PostAsync(endpoint, form, cancellation);
            var answer = await Read(response, cancellation);
            if (response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
            {
                Log.Refused(log, ErrorOf(answer));
                return Refused("The issuer does not take this sign-in: it was used before, or is over. Sign in again.");
            }
            return response.StatusCode == HttpStatusCode.OK && answer is { } json ? await Admit(visit, json, cancellation) : Silent;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested
            && fault is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException)
        {
            Log.Silent(log, fault);
            return Silent;
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Form(IssuerVisit visit, string code)
    {
        yield return new("grant_type", "authorization_code");
        yield return new("code", code);
        yield return new("redirect_uri", visit.ReturnTo);
        yield return new("client_id", Client);
        yield return new("code_verifier", visit.Verifier);
        if (options.Value.ClientSecret is { } secret) yield return new("client_secret", secret);
    }

    private async Task<Outcome<string>> Admit(IssuerVisit visit, JsonElement answer, CancellationToken cancellation)
    {
        if (Text(answer, "id_token") is not { } identity || !await tokens.IsAnswer(identity, Client, visit.Nonce, cancellation))
            return Refused("The issuer's answer is to another sign-in, or is not the issuer's.");
        var token = Client == options.Value.Audience ? identity : Text(answer, "access_token");
        if (token is null) return Refused("The issuer gave no access token.");
        var caller = await tokens.Read(token, cancellation);
        return caller.Problem is { } problem ? problem : token;
    }

    /// <summary>Null where the issuer does not answer, or tells an address that is not safe to go to.</summary>
    private async Task<Uri?> Endpoint(Func<Microsoft.IdentityModel.Protocols.OpenIdConnect.OpenIdConnectConfiguration, string?> which,
        CancellationToken cancellation)
    {
        try
        {
            return tokens.Issuer is { } issuer && Uri.TryCreate(which(await issuer.Get(cancellation)), UriKind.Absolute, out var address)
                && AuthOptions.IsSafe(address) ? address : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task<JsonElement?> Read(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            var json = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            return json.ValueKind == JsonValueKind.Object ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name)
    {
        try
        {
            return json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string ErrorOf(JsonElement? answer) =>
        answer is { } json && Text(json, "error") is { } error && Word().IsMatch(error) ? error : "no word";

    private static Problem Silent => new("issuer-unavailable", "The issuer does not answer. Try again in a moment.")
    {
        Kind = ProblemKind.Unavailable,
    };

    private static Problem Refused(string why) => new("unauthorized", why) { Kind = ProblemKind.Unproven };

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("^[a-z_]{1,40}$")]
    private static partial Regex Word();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "The issuer does not take a sign-in of the console: {Error}. invalid_client: look at Auth__ClientId and Auth__ClientSecret")]
        public static partial void Refused(ILogger logger, string error);

        [LoggerMessage(2, LogLevel.Warning, "The issuer does not answer a sign-in of the console")]
        public static partial void Silent(ILogger logger, Exception fault);
    }
}
