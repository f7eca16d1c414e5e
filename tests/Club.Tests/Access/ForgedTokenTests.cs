using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Club.Access;
using Club.Kernel;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Xunit;
using TokenReader = Club.Access.TokenReader;

namespace Club.Tests.Access;

/// <summary>Tokens as an attacker makes them, who has the issuer's public key and tokens of her own.</summary>
public sealed class ForgedTokenTests : IAsyncLifetime
{
    private const string OwnKey = "a-key-of-the-tests-0123456789-0123456789";
    private OidcIssuer _issuer = null!;
    private TokenReader _reader = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await OidcIssuer.Start();
        var options = Options.Create(new AuthOptions { Authority = _issuer.Address, Audience = OidcIssuer.Audience, TokenKey = OwnKey });
        _reader = new TokenReader(options, new ClubTokens(options));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("nOnE")]
    [InlineData("")]
    public async Task A_token_that_is_not_signed_is_refused(string algorithm)
    {
        await IsRefused(Raw(new { alg = algorithm, typ = "JWT", kid = _issuer.KeyId }, Hq(), _ => []));
        await IsRefused(Raw(new { alg = algorithm, typ = "JWT" }, Hq() with { iss = ClubTokens.Issuer }, _ => []));
    }

    /// <summary>The public key is no secret, so it must not do as one.</summary>
    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public async Task The_issuers_public_key_signs_nothing(string algorithm)
    {
        var keys = new[] { Encoding.UTF8.GetBytes(_issuer.PublicKeyPem), _issuer.PublicKey.Modulus!,
            Encoding.UTF8.GetBytes(Base64UrlEncoder.Encode(_issuer.PublicKey.Modulus)) };
        foreach (var key in keys)
            foreach (var issuer in (string[])[_issuer.Address, ClubTokens.Issuer])
                foreach (var kid in (string[])[_issuer.KeyId, ClubTokens.Issuer])
                    await IsRefused(Raw(new { alg = algorithm, typ = "JWT", kid }, Hq() with { iss = issuer }, text => algorithm switch
                    {
                        "HS256" => HMACSHA256.HashData(key, text), "HS384" => HMACSHA384.HashData(key, text), _ => HMACSHA512.HashData(key, text),
                    }));
    }

    /// <summary>A key that the token itself brings, or points to, is the attacker's.</summary>
    [Fact]
    public async Task A_key_that_the_token_names_itself_is_not_asked()
    {
        using var own = RSA.Create(2048);
        var modulus = Base64UrlEncoder.Encode(own.ExportParameters(false).Modulus);
        byte[] Sign(byte[] text) => own.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        object[] headers =
        [
            new { alg = "RS256", kid = _issuer.KeyId, jwk = new { kty = "RSA", n = modulus, e = "AQAB" } },
            new { alg = "RS256", jwk = new { kty = "RSA", n = modulus, e = "AQAB" } },
            new { alg = "RS256", kid = "x", jku = "http://127.0.0.1:1/keys" }, new { alg = "RS256", kid = "x", x5u = "http://127.0.0.1:1/" },
            new { alg = "RS256", kid = "../../dev/null" }, new { alg = "RS256", kid = "" }, new { alg = "RS256", kid = "' or 1=1 --" },
        ];
        foreach (var header in headers) await IsRefused(Raw(header, Hq(), Sign));
        Assert.InRange(_issuer.Asked, 1, 3);
    }

    [Fact]
    public async Task Who_it_is_from_for_whom_and_when_must_be_right()
    {
        Dictionary<string, object> hq() => new() { ["roles"] = "hq", ["name"] = "x" };
        Assert.True((await Read(_issuer.Token(hq()))).Succeeded);
        await IsRefused(_issuer.Token(hq(), change: token => token.Issuer = "https://example.org/"));
        await IsRefused(_issuer.Token(hq(), change: token => token.Issuer = _issuer.Address + "/"));
        await IsRefused(_issuer.Token(hq(), change: token => token.Issuer = ClubTokens.Issuer));
        await IsRefused(_issuer.Token(hq(), change: token => token.Audience = "another"));
        await IsRefused(_issuer.Token(hq(), change: token => token.Audience = null));
        await IsRefused(_issuer.Token(hq(), change: token => token.Expires = DateTime.UtcNow.AddMinutes(-3)));
        await IsRefused(_issuer.Token(hq(), change: token => token.Expires = null));
        await IsRefused(_issuer.Token(hq(), change: token => token.NotBefore = DateTime.UtcNow.AddMinutes(3)));
        Assert.True((await Read(_issuer.Token(hq(), change: token => token.Expires = DateTime.UtcNow.AddMinutes(-1)))).Succeeded);
        using var weaker = RSA.Create(2048);
        await IsRefused(_issuer.Token(hq(), weaker));
        await IsRefused(_issuer.Token(hq(), algorithm: SecurityAlgorithms.RsaSha512));
    }

    public static TheoryData<string, string?> Roles => new()
    {
        { "\"hq\"", "hq" }, { "[\"hq\"]", "hq" }, { "[\"hq\",\"root\"]", "hq" }, { "[\"finance\",\"hq\"]", "finance hq" },
        { "\"hq,finance\"", null }, { "\"hq finance\"", null }, { "{\"hq\":true}", null }, { "[[\"hq\"]]", null }, { "[{\"value\":\"hq\"}]", null },
        { "true", null }, { "null", null }, { "[]", null }, { "\"HQ\"", null }, { "\" hq\"", null }, { "1", null }, { "\"operator\"", null },
        { "[\"operator\",\"hq\"]", "hq" }, { "\"member\"", null }, { "[\"member\",\"hq\"]", null },
    };

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Roles_are_words_that_the_club_knows_and_nothing_else(string roles, string? known)
    {
        var read = await Read(_issuer.Token(new() { ["roles"] = JsonElement.Parse(roles), ["name"] = "x", ["member"] = "M1" }));
        Assert.Equal(known, read.Succeeded ? string.Join(' ', read.Value.Roles.Select(RoleWords.Of)) : null);
    }

    public static TheoryData<string, string?> Dealers => new()
    {
        { "\"D021\"", "D021" }, { "\"\"", null }, { "\" \"", null }, { "[]", null }, { "[\"D021\"]", null }, { "[\"D021\",\"D022\"]", null },
        { "{\"id\":\"D021\"}", null }, { "null", null }, { "true", null }, { "21", null },
    };

    [Theory]
    [MemberData(nameof(Dealers))]
    public async Task A_dealer_is_one_text(string dealer, string? known)
    {
        var read = await Read(_issuer.Token(new() { ["roles"] = "director", ["name"] = "x", ["dealer"] = JsonElement.Parse(dealer) }));
        Assert.Equal(known, read.Succeeded ? read.Value.Dealer?.Value : null);
    }

    [Fact]
    public async Task A_token_that_is_long_encrypted_or_no_token_is_refused()
    {
        await IsRefused(_issuer.Token(new() { ["roles"] = "hq", ["name"] = "x", ["more"] = new string('x', 20_000) }));
        await IsRefused(new string('.', 10_000));
        await IsRefused(string.Concat(Enumerable.Repeat("eyJ.", 3_000)));
        await IsRefused("eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2IiwiemlwIjoiREVGIn0..AAAAAAAAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA");
    }

    /// <summary>A good token is verified once; that does not make it live longer, nor outlive the issuer's keys.</summary>
    [Fact]
    public async Task A_token_that_was_good_ends_when_it_ends()
    {
        var longer = _issuer.Token("hq", "x");
        Assert.True((await Read(longer)).Succeeded);
        // The issuer's keys are known by now, so that the brief one is read well before it ends, however busy the machine is.
        var ends = DateTime.UtcNow.AddSeconds(5);
        var brief = _issuer.Token(new() { ["roles"] = "hq", ["name"] = "x" }, change: token => token.Expires = ends.AddMinutes(-2));
        for (var i = 0; i < 3; i++) Assert.True((await Read(brief)).Succeeded && (await Read(longer)).Succeeded);
        await Task.Delay(ends.AddSeconds(1.5) - DateTime.UtcNow, TestContext.Current.CancellationToken);
        await IsRefused(brief);
        Assert.True((await Read(longer)).Succeeded);
        _issuer.Rotate();
        Assert.True((await Read(_issuer.Token("hq", "y"))).Succeeded);
        await IsRefused(longer);
    }

    private Payload Hq() =>
        new(_issuer.Address, OidcIssuer.Audience, "hq", "x", DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeSeconds());

    private sealed record Payload(string iss, string aud, string roles, string name, long exp);

    private static string Raw(object header, Payload payload, Func<byte[], byte[]> sign)
    {
        var text = $"{Base64UrlEncoder.Encode(JsonSerializer.Serialize(header))}.{Base64UrlEncoder.Encode(JsonSerializer.Serialize(payload))}";
        return $"{text}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private async Task IsRefused(string token)
    {
        var read = await Read(token);
        Assert.Equal(("unauthorized", ProblemKind.Unproven), (read.Problem?.Code, read.Problem?.Kind));
    }

    private ValueTask<Outcome<Caller>> Read(string token) => _reader.Read(token, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _issuer.DisposeAsync();
    }
}
