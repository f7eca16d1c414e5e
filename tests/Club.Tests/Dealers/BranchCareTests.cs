using Club.Care;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Store;
using Xunit;

namespace Club.Tests.Dealers;

/// <summary>A dealer speaks to its branch in its own words and on its own days, within what headquarters allow.</summary>
public sealed class BranchCareTests : IAsyncDisposable
{
    private readonly ClubFixture _club = new("skoda");

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task A_branch_wishes_in_its_own_words_and_earlier_and_others_as_the_rule_book_says()
    {
        await _club.InForce("""{"rules":[],"care":[{"occasion":"birthday","template":"{{ name }}，D021祝您生日快乐","lead":2}]}""");
        var (own, other) = (await Born("13800138000", "D021", 10), await Born("13900139000", "D022", 10));
        await Live(7, 12);
        Assert.Equal(["03-08 birthday:2026 王小明，D021祝您生日快乐"], await Told(own));
        Assert.StartsWith("03-10 birthday:2026 亲爱的", Assert.Single(await Told(other)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_branch_turns_off_is_not_said_and_what_it_moves_is_said_once()
    {
        await _club.InForce("""{"rules":[],"care":[{"occasion":"purchaseAnniversary","off":true}]}""");
        var bought = new Vehicle(null, "明锐", new DateOnly(2024, 3, 12), "沪A12345");
        var member = (await _club.Register("13800138000", form => form with
        {
            Name = "王小明", SmsConsent = true, DealerId = PlanClub.Dealer, Birthday = new DateOnly(1990, 3, 10), Vehicles = [bought],
        })).MemberId;
        await Live(3, 9);
        // The day before her birthday the branch decides to say it two days ahead: it is said at the next look, once.
        await _club.InForce("""{"rules":[],"care":[{"occasion":"purchaseAnniversary","off":true},{"occasion":"birthday","lead":2}]}""", after: 1);
        await Live(10, 15);
        Assert.Equal(["birthday:2026"], (await Told(member)).Select(line => line.Split(' ')[1]));
    }

    private async Task Live(int from, int to)
    {
        for (var day = from; day <= to; day++)
        {
            _club.At(2026, 3, day);
            await _club.Sweep(CareSweep.Word, SmsSweep.Word);
        }
    }

    private async Task<MemberId> Born(string phone, string dealer, int day) => (await _club.Register(phone, form => form with
    {
        Name = "王小明", SmsConsent = true, DealerId = new DealerId(dealer), Birthday = new DateOnly(1990, 3, day),
    })).MemberId;

    /// <summary>What she was told besides the welcome, without signature and end.</summary>
    private async Task<IReadOnlyList<string>> Told(MemberId member)
    {
        var page = await _club.Store.Find(IndexQuery.Prefix(SmsRecord.MemberIndex, member + ":") with { Partition = member });
        return [.. page.Documents.Select(document => document.As<SmsRecord>()).Where(one => one is { State: SmsState.Sent, Occasion: not "welcome" })
            .Select(one => $"{one.SentAt!.Value.ToOffset(TimeSpan.FromHours(8)):MM-dd} {one.Occasion} {Body(one.Text)}")];
    }

    private static string Body(string text) => text[(text.IndexOf('】', StringComparison.Ordinal) + 1)..].Split("拒收")[0].TrimEnd(' ', '，', ',');
}
