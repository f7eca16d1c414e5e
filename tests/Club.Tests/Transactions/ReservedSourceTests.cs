using Club.Kernel;
using Club.Ledger;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Transactions;

/// <summary>What the club books itself has keys below <c>/club</c>; nobody else can use them up.</summary>
public sealed class ReservedSourceTests : Flow
{
    [Theory]
    [InlineData("/club")]
    [InlineData("/club/expiry")]
    [InlineData("/club/expiry/M0D4Q8ZK2T7WXB3RV")]
    [InlineData(" /club/x ")]
    [InlineData("/Club/expiry")]
    public async Task A_message_of_the_clubs_own_sources_is_refused_and_kept(string source)
    {
        await using var club = await Open();
        await club.Register();
        foreach (var message in new[] { Events.Bill(source: source), Events.Return(source: source), Events.Confirm(source: source) })
            Assert.Equal(("foreign-source", "$.source"), Assert.Single(await club.Send(message)).Problem is { } problem
                ? (problem.Code, problem.Path) : default);
    }

    [Theory]
    [InlineData("/clubhouse/1")]
    [InlineData("/dms/club/1")]
    public async Task Other_sources_are_nobodys(string source)
    {
        await using var club = await Open();
        await club.Register();
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Bill(source: source))).Fate);
    }

    [Fact]
    public async Task The_expiry_of_a_member_cannot_be_blocked()
    {
        await using var club = await Open();
        var member = await club.Register();
        await club.Send(Events.Bill(time: "2026-03-01T10:20:00+08:00"));
        await club.Send(Enumerable.Range(1, 6).SelectMany(sequence => new[] { "club", "hq" }.Select(wallet =>
            Events.Bill($"{wallet}:{sequence}", source: $"/club/expiry/{member.MemberId}", time: "2026-03-01T10:20:00+08:00"))).ToArray());
        var earned = await club.Balance(member.MemberId);
        club.At(2030, 3, 2);
        await club.Sweep(PointsSweep.Word);
        Assert.True(earned.IsPositive);
        Assert.Equal(Points.Zero, await club.Balance(member.MemberId));
    }
}
