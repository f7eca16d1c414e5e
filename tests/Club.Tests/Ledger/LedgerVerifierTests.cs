using System.Text;
using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;
using Club.Tiers;
using Xunit;

namespace Club.Tests.Ledger;

public sealed class LedgerVerifierTests
{
    private static async Task<(ClubFixture Club, MemberId MemberId)> Booked()
    {
        var club = new ClubFixture();
        var member = await club.Register();
        await club.Send(Events.Bill(), Events.Bill("B2"));
        Assert.Empty(await club.Verify());
        return (club, member.MemberId);
    }

    private static async Task Tamper(ClubFixture club, MemberId memberId, string id, string text, string with)
    {
        var document = (await club.Store.Read(memberId, id))!;
        var json = Encoding.UTF8.GetString(document.Json.Span);
        Assert.Contains(text, json, StringComparison.Ordinal);
        await club.Store.Commit(memberId,
            [new Write.Replace(id, document.Type, Encoding.UTF8.GetBytes(json.Replace(text, with, StringComparison.Ordinal)),
            document.Type == "entry" ? document.As<Entry>().Index : IndexKeys.None, document.ETag)]);
    }

    [Fact]
    public async Task A_changed_entry_is_found()
    {
        var (club, memberId) = await Booked();
        await Tamper(club, memberId, Entry.IdOf(Events.Source, "B2"), "\"channel\":\"shop\"", "\"channel\":\"shoq\"");
        Assert.Contains("changed after it was written", Assert.Single(await club.Verify()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_raised_balance_is_found()
    {
        var (club, memberId) = await Booked();
        await Tamper(club, memberId, "account", ",9.8,\"", ",98,\"");
        Assert.Contains("add up to 9.8", Assert.Single(await club.Verify()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tier_without_an_event_is_found()
    {
        var (club, memberId) = await Booked();
        var tiers = club.Programme.Tiers;
        await Tamper(club, memberId, "account", $"\"code\":\"{tiers[0].Code}\"", $"\"code\":\"{tiers[^1].Code}\"");
        Assert.Contains($"holds tier {tiers[^1].Code}", Assert.Single(await club.Verify()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_account_is_found()
    {
        var (club, memberId) = await Booked();
        await club.Store.Commit(memberId, [new Write.Delete("account", (await club.Store.Read(memberId, "account"))!.ETag)]);
        Assert.Contains("no account", Assert.Single(await club.Verify()), StringComparison.Ordinal);
    }

    /// <summary>Cosmos DB tells the documents of one commit in any order, and a merge brings two changes of a tier into one.</summary>
    [Fact]
    public async Task Changes_of_a_tier_that_are_told_in_another_order_are_no_difference()
    {
        await using var club = new ClubFixture("skoda");
        var id = (await club.Register()).MemberId;
        await club.Get<TierGrants>().Give(id, new GrantRequest(new TierCode("green"), new DateOnly(2030, 1, 1), "x"), null, Caller.OperatorAs("A017"));
        await club.Get<TierGrants>().Give(id, new GrantRequest(new TierCode("gold"), new DateOnly(2030, 1, 1), "x"), null, Caller.OperatorAs("A017"));
        var documents = await club.Changes();
        foreach (var told in new[] { documents, [.. documents.Reverse()] })
        {
            var (differences, verifier) = (new List<string>(), new TierVerifier(club.Store, club.Get<ProgrammeLibrary>()));
            foreach (var document in told) await verifier.Verify(document, differences.Add, default);
            await verifier.End(differences.Add, default);
            Assert.Empty(differences);
        }
    }
}
