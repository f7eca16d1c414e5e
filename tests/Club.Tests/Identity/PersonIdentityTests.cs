using Club.Identity;
using Xunit;

namespace Club.Tests.Identity;

public sealed class PersonIdentityTests
{
    private static readonly IdentityHasher Hasher = new(new byte[32]);

    [Theory]
    [InlineData(IdentityKind.Phone, "138 0013 8000", "+8613800138000")]
    [InlineData(IdentityKind.Vin, "lsja24u62jg269225", "LSJA24U62JG269225")]
    [InlineData(IdentityKind.Card, "1000 0000 0008", "100000000008")]
    [InlineData(IdentityKind.OpenId, "o9AgO5Kd5ggOC-bXrbNODIiE3bGY", "o9AgO5Kd5ggOC-bXrbNODIiE3bGY")]
    [InlineData(IdentityKind.UnionId, "oU_1", "oU_1")]
    public void One_person_written_two_ways_is_one_identity(IdentityKind kind, string written, string normal)
    {
        var identity = PersonIdentity.Parse(kind, written).Value;
        Assert.Equal((kind, normal), (identity.Kind, identity.Value));
        Assert.Equal(identity, PersonIdentity.Parse(kind, normal).Value);
    }

    [Theory]
    [InlineData(IdentityKind.Phone, "12", "phone-invalid")]
    [InlineData(IdentityKind.Vin, "12", "vin-length")]
    [InlineData(IdentityKind.Card, "100000000009", "card-check-digit")]
    [InlineData(IdentityKind.OpenId, "", "open-id-invalid")]
    [InlineData(IdentityKind.OpenId, "a b", "open-id-invalid")]
    [InlineData(IdentityKind.OpenId, "会员", "open-id-invalid")]
    [InlineData(IdentityKind.UnionId, null, "union-id-invalid")]
    [InlineData(IdentityKind.UnionId, "12345678901234567890123456789012345678901234567890123456789012345", "union-id-invalid")]
    public void Another_shape_is_refused(IdentityKind kind, string? value, string code) =>
        Assert.Equal(code, PersonIdentity.Parse(kind, value).Problem?.Code);

    [Fact]
    public void A_claim_tells_its_kind_and_nothing_else()
    {
        var claim = Hasher.Claim(PersonIdentity.Parse(IdentityKind.Phone, "13800138000").Value);
        Assert.Matches("^claim:phone:[A-Za-z0-9_-]{24}$", claim);
        Assert.DoesNotContain("13800138000", claim, StringComparison.Ordinal);
    }

    /// <summary>Claims are stored: their ids may never change under the same key.</summary>
    [Fact]
    public void Claims_are_fixed() =>
        Assert.Equal("claim:phone:Ow2I7TYZ2Lo8PnEMztMzUbwn", Hasher.Claim(PersonIdentity.Parse(IdentityKind.Phone, "13800138000").Value));

    [Fact]
    public void Claims_differ_by_kind_value_and_key()
    {
        var open = PersonIdentity.OpenId("same").Value;
        var union = PersonIdentity.UnionId("same").Value;
        var otherKey = new byte[32];
        otherKey[31] = 1;
        string[] claims = [Hasher.Claim(open), Hasher.Claim(union), Hasher.Claim(PersonIdentity.OpenId("Same").Value),
            new IdentityHasher(otherKey).Claim(open)];
        Assert.Equal(4, claims.Select(c => c.Split(':')[2]).Distinct().Count());
    }

    [Fact]
    public void A_short_key_is_refused() => Assert.Throws<ArgumentException>(() => new IdentityHasher(new byte[31]));

    [Fact]
    public void An_identity_is_printed_without_its_value() =>
        Assert.Equal("Phone", $"{PersonIdentity.Parse(IdentityKind.Phone, "13800138000").Value}");
}
