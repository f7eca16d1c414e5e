using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Club.Access;
using Club.Kernel;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;
using TokenReader = Club.Access.TokenReader;

namespace Club.Tests.Access;

public sealed class TokenReaderTests
{
    private const string Key = "a-key-of-the-tests-0123456789-0123456789";

    [Theory]
    [InlineData(Role.Director, "D021")]
    [InlineData(Role.Hq, null)]
    [InlineData(Role.Auditor, null)]
    public async Task The_clubs_own_staff_token_names_role_scope_and_author(Role role, string? dealer)
    {
        var (reader, tokens) = Of(new AuthOptions { TokenKey = Key, OwnStaffTokens = true });
        var caller = await Read(reader, tokens.ForStaff(role, "李娜", dealer, TimeSpan.FromMinutes(60)).Value.Token);
        Assert.Equal((role, "李娜", dealer), (Assert.Single(caller.Value.Roles), caller.Value.Author, caller.Value.Dealer?.Value));
        Assert.Null(caller.Value.Member);
    }

    [Fact]
    public async Task A_members_token_is_hers_alone_and_lives_a_quarter_of_an_hour()
    {
        var (reader, tokens) = Of(new AuthOptions { TokenKey = Key });
        var issued = tokens.ForMember(new MemberId("M1")).Value;
        var caller = (await Read(reader, issued.Token)).Value;
        Assert.Equal((new MemberId("M1"), false, true), (caller.Member, caller.SeesMasked(new MemberId("M1"), null), caller.IsScoped));
        Assert.Null(caller.SeesMasked(new MemberId("M2"), null));
        Assert.InRange(issued.ExpiresAt - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
    }

    public static TheoryData<string, string> Unfit => new()
    {
        { "no token", "x" },
        { "no token either", "a.b.c" },
        { "another key", Own(key: "another-key-of-the-tests-0123456789-012") },
        { "another audience", Own(audience: "somebody") },
        { "over", Own(ends: TimeSpan.FromMinutes(-10)) },
        { "over for some seconds", Own(ends: TimeSpan.FromSeconds(-5)) },
        { "another algorithm", Own(algorithm: SecurityAlgorithms.HmacSha512, key: Key + Key) },
        { "not signed", Unsigned() },
        { "no role", Own(roles: []) },
        { "a role nobody knows", Own(roles: ["root"]) },
        { "the operator's role", Own(roles: ["operator"]) },
        { "a director of nowhere", Own(roles: ["director"]) },
        { "a member who is staff as well", Own(roles: ["member", "hq"]) },
        { "a member who is nobody", Own(roles: ["member"], member: null) },
        { "a member for an hour", Own(roles: ["member"], ends: TimeSpan.FromHours(1)) },
        { "of another issuer", Own(issuer: "https://example.org/") },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task Any_other_token_is_refused(string why, string token)
    {
        var (reader, _) = Of(new AuthOptions { TokenKey = Key, OwnStaffTokens = true });
        var read = await Read(reader, token);
        Assert.Equal((why, "unauthorized", ProblemKind.Unproven), (why, read.Problem?.Code, read.Problem?.Kind));
    }

    [Fact]
    public async Task Where_an_issuer_names_the_staff_the_club_does_not()
    {
        var (reader, tokens) = Of(new AuthOptions { TokenKey = Key, Authority = "https://localhost:1/" });
        Assert.Equal("no-own-tokens", tokens.ForStaff(Role.Hq, "x", null, TimeSpan.FromMinutes(1)).Problem?.Code);
        Assert.Equal("unauthorized", (await Read(reader, Own(roles: ["hq"]))).Problem?.Code);
        Assert.True((await Read(reader, Own(roles: ["member"]))).Succeeded);
    }

    [Fact]
    public async Task An_issuers_tokens_are_read_by_its_keys_and_by_its_new_keys()
    {
        await using var issuer = await OidcIssuer.Start();
        var (reader, _) = Of(new AuthOptions { Authority = issuer.Address, Audience = "club" });
        var caller = await Read(reader, issuer.Token("hq", "王编辑"));
        Assert.Equal(("王编辑", Role.Hq), (caller.Value.Author, caller.Value.Roles[0]));
        Assert.Equal(1, issuer.Asked);
        Assert.True((await Read(reader, issuer.Token("hq", "x"))).Succeeded);
        Assert.Equal(1, issuer.Asked);

        issuer.Rotate();
        Assert.True((await Read(reader, issuer.Token("hq", "x"))).Succeeded);
        using var stranger = RSA.Create(2048);
        Assert.Equal("unauthorized", (await Read(reader, issuer.Token("hq", "x", stranger))).Problem?.Code);
        // A member is whom the club says, whatever an issuer says.
        Assert.Equal("unauthorized", (await Read(reader, issuer.Token("member", "x"))).Problem?.Code);
    }

    /// <summary>Whatever is turned over in a token: an answer, and no fault.</summary>
    [Fact]
    public async Task A_damaged_token_is_no_fault()
    {
        var (reader, _) = Of(new AuthOptions { TokenKey = Key, OwnStaffTokens = true });
        var (random, whole) = (new Random(20261126), Own());
        for (var i = 0; i < 3000; i++)
        {
            var token = whole.ToCharArray();
            for (var change = random.Next(1, 4); change > 0; change--) token[random.Next(token.Length)] = (char)random.Next(1, random.Next(2) == 0 ? 128 : 0xFFFF);
            var text = random.Next(4) == 0 ? new string(token)[..random.Next(token.Length)] : new string(token);
            var read = await Read(reader, text);
            Assert.True(read.Succeeded || read.Problem!.Code == "unauthorized", text);
        }
    }

    [Fact]
    public async Task An_issuer_that_answers_nonsense_is_asked_once_in_a_while_and_no_more()
    {
        await using var issuer = await OidcIssuer.Start();
        issuer.IsBroken = true;
        var (reader, _) = Of(new AuthOptions { Authority = issuer.Address, Audience = "club" });
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await Read(reader, issuer.Token("hq", "x")));
        Assert.Equal(1, issuer.Asked);
    }

    [Theory]
    [InlineData("auditor,director", Right.ReadMember, "D021", false)]
    [InlineData("auditor,director", Right.ReadMember, "D022", true)]
    [InlineData("marketing,director", Right.ReadMember, "D022", null)]
    [InlineData("marketing,director", Right.ReadMember, "D021", false)]
    [InlineData("finance,advisor", Right.Serve, "D022", null)]
    [InlineData("hq,director", Right.ReadMember, "D022", false)]
    public async Task A_role_without_the_right_widens_nothing(string roles, Right right, string dealerOfMember, bool? masked)
    {
        var (reader, _) = Of(new AuthOptions { TokenKey = Key, OwnStaffTokens = true });
        var caller = (await Read(reader, Own(roles: roles.Split(','), dealer: "D021"))).Value.For(right)!;
        Assert.Equal(masked, caller.SeesMasked(new MemberId("M1"), new DealerId(dealerOfMember)));
    }

    [Fact]
    public async Task An_issuer_that_does_not_answer_is_a_fault_and_no_refusal()
    {
        var (reader, _) = Of(new AuthOptions { Authority = "http://127.0.0.1:1" });
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Read(reader, Own(issuer: "http://127.0.0.1:1")));
    }

    private static (TokenReader Reader, ClubTokens Tokens) Of(AuthOptions options)
    {
        var tokens = new ClubTokens(Options.Create(options));
        return (new TokenReader(Options.Create(options), tokens), tokens);
    }

    private static ValueTask<Outcome<Caller>> Read(TokenReader reader, string token) =>
        reader.Read(token, TestContext.Current.CancellationToken);

    private static string Own(string key = Key, string audience = "club", string issuer = "club", string[]? roles = null,
        string? member = "M1", TimeSpan? ends = null, string algorithm = SecurityAlgorithms.HmacSha256, string? dealer = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer, Audience = audience, IssuedAt = DateTime.UtcNow.AddHours(ends < TimeSpan.Zero ? -1 : 0),
            NotBefore = DateTime.UtcNow.AddHours(-1), Expires = DateTime.UtcNow + (ends ?? TimeSpan.FromMinutes(10)),
            Subject = new ClaimsIdentity([new("name", "x"), .. member is null ? (Claim[])[] : [new("member", member)],
                .. dealer is null ? (Claim[])[] : [new("dealer", dealer)],
                .. (roles ?? ["hq"]).Select(role => new Claim("roles", role))]),
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)), algorithm),
        });

    private static string Unsigned()
    {
        var parts = Own().Split('.');
        return $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.";
    }
}
