using System.Text.Json;
using Club.Kernel;
using Xunit;

namespace Club.Tests.Kernel;

public sealed class IdTests
{
    public static TheoryData<Type> Kinds =>
        [.. typeof(IId).Assembly.GetTypes().Where(type => type.IsValueType && typeof(IId).IsAssignableFrom(type))];

    private sealed record Kept(MemberId Member, DealerId? Dealer, Dictionary<TierCode, int> Tiers);

    [Fact]
    public void An_id_is_kept_as_its_text_as_a_value_and_as_a_name()
    {
        var kept = new Kept(new MemberId("M1"), null, new() { [new TierCode("gold")] = 3 });
        var json = JsonSerializer.Serialize(kept, ClubJson.Answers);
        Assert.Equal("""{"member":"M1","dealer":null,"tiers":{"gold":3}}""", json);
        var read = JsonSerializer.Deserialize<Kept>(json, ClubJson.Answers)!;
        Assert.Equal((kept.Member, kept.Dealer, 3), (read.Member, read.Dealer, read.Tiers[new TierCode("gold")]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_names_nobody_is_never_written_nor_said(Type kind)
    {
        var nobody = Activator.CreateInstance(kind)!;
        Assert.Throws<JsonException>(() => JsonSerializer.Serialize(nobody, kind, ClubJson.Answers));
        Assert.Throws<InvalidOperationException>(nobody.ToString);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_id_is_a_text_and_nothing_else(Type kind)
    {
        Assert.True(Kinds.Count >= 4);
        foreach (var json in (string[])["1", "true", "{}", "[]"])
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, kind, ClubJson.Answers));
        Assert.Equal("\"x\"", JsonSerializer.Serialize(JsonSerializer.Deserialize("\"x\"", kind, ClubJson.Answers), kind, ClubJson.Answers));
    }

    [Fact]
    public void Ids_of_members_stand_in_the_order_of_their_characters() =>
        Assert.Equal([new MemberId("M-"), new MemberId("MA"), new MemberId("Ma")],
            new[] { new MemberId("Ma"), new MemberId("MA"), new MemberId("M-") }.Order());
}
