using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
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
                : Results.Json(new Dictionary<string, string> { ["issuer"] = issuer.Address, ["jwks_uri"] = $"{issuer.Address}/keys" });
        });
        issuer._app.MapGet("/keys", () => Results.Text(issuer.Keys(), "application/json"));
        await issuer._app.StartAsync();
        return issuer;
    }

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
