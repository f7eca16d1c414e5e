using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Club.Tests.Support;

/// <summary>An OIDC issuer on this machine: its description, its keys, and whatever tokens a test wants of it.</summary>
internal sealed class OidcIssuer : IAsyncDisposable
{
    public const string Audience = "club";
    private readonly WebApplication _app;
    private RSA _key = RSA.Create(2048);
    private int _number;

    private OidcIssuer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public string KeyId => $"k{_number}";

    /// <summary>How often its description was asked for.</summary>
    public int Asked { get; private set; }

    public bool IsBroken { get; set; }

    /// <summary>What everybody may know of its key.</summary>
    public RSAParameters PublicKey => _key.ExportParameters(false);

    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    public static async Task<OidcIssuer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new OidcIssuer(builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", () =>
        {
            issuer.Asked++;
            return issuer.IsBroken ? Results.Text("<html>", "text/html")
                : Results.Json(new Dictionary<string, string>
                {
                    ["issuer"] = issuer.Address, ["jwks_uri"] = $"{issuer.Address}/keys",
                    ["authorization_endpoint"] = $"{issuer.Address}/authorize?tenant=t", ["token_endpoint"] = issuer.TokenEndpoint ?? $"{issuer.Address}/token",
                });
        });
        issuer._app.MapGet("/keys", () => Results.Text(issuer.Keys(), "application/json"));
        issuer._app.MapPost("/token", issuer.Redeem);
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>Another one than its own.</summary>
    public string? TokenEndpoint { get; set; }

    /// <summary>What it answers to a code, instead of tokens.</summary>
    public Func<IResult>? OnCode { get; set; }

    /// <summary>The secret that it asks a client for.</summary>
    public string? Secret { get; set; }

    /// <summary>Codes that have been given to browsers, each good once.</summary>
    private readonly ConcurrentDictionary<string, (Dictionary<string, string> Asked, Dictionary<string, object> Claims, string? AccessToken)> _codes = new();

    /// <summary>Somebody signs in where a browser was led to: the address to which the issuer leads it back.</summary>
    /// <param name="claims">Those of the ID token; the nonce is added unless they have one.</param>
    public string SignIn(Uri led, Dictionary<string, object> claims, string? accessToken = null)
    {
        var asked = QueryHelpers.ParseQuery(led.Query).ToDictionary(one => one.Key, one => one.Value.ToString());
        var code = Guid.NewGuid().ToString("N");
        _codes[code] = (asked, claims, accessToken);
        return QueryHelpers.AddQueryString(asked["redirect_uri"], new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"] });
    }

    /// <summary>As RFC 6749 and RFC 7636 have it: a code is good once, for who has asked, at the address that was asked for.</summary>
    private async Task<IResult> Redeem(HttpRequest request)
    {
        var form = (await request.ReadFormAsync()).ToDictionary(one => one.Key, one => one.Value.ToString());
        if (OnCode is { } answer) return answer();
        if (Secret != form.GetValueOrDefault("client_secret")) return Error("invalid_client", 401);
        if (!_codes.TryRemove(form["code"], out var given)) return Error("invalid_grant", 400);
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"])));
        if (form["grant_type"] != "authorization_code" || form["redirect_uri"] != given.Asked["redirect_uri"] || form["client_id"] != given.Asked["client_id"]
            || given.Asked["code_challenge_method"] != "S256" || challenge != given.Asked["code_challenge"]) return Error("invalid_grant", 400);
        var claims = new Dictionary<string, object>(given.Claims);
        claims.TryAdd("nonce", given.Asked["nonce"]);
        var identity = Token(claims, change: token => token.Audience = given.Asked["client_id"]);
        return Results.Json(new Dictionary<string, string> { ["id_token"] = identity, ["access_token"] = given.AccessToken ?? "opaque", ["token_type"] = "Bearer" });
    }

    private static IResult Error(string error, int status) => Results.Json(new { error }, statusCode: status);

    public void Rotate()
    {
        _key.Dispose();
        _key = RSA.Create(2048);
        _number++;
    }

    public string Token(string role, string name, RSA? key = null) => Token(new() { ["name"] = name, ["roles"] = role, ["member"] = "M1" }, key);

    /// <param name="change">What is other than usual: issuer, audience, times.</param>
    public string Token(Dictionary<string, object> claims, RSA? key = null, string? keyId = null,
        string algorithm = SecurityAlgorithms.RsaSha256, Action<SecurityTokenDescriptor>? change = null)
    {
        var token = new SecurityTokenDescriptor
        {
            Issuer = Address, Audience = Audience, Expires = DateTime.UtcNow.AddMinutes(10), Claims = claims,
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(key ?? _key) { KeyId = keyId ?? KeyId }, algorithm),
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    private string Keys() => JsonSerializer.Serialize(new
    {
        keys = new[]
        {
            new { kty = "RSA", use = "sig", kid = KeyId, n = Base64UrlEncoder.Encode(PublicKey.Modulus),
                e = Base64UrlEncoder.Encode(PublicKey.Exponent) },
        },
    });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }
}
