using Club.Explaining;
using Club.Kernel;
using Club.Ledger;
using Xunit;

namespace Club.Tests.Explaining;

/// <summary>Whatever happened to points, its heading says so.</summary>
public sealed class HeadingTests
{
    private static readonly Entry Any = new()
    {
        Id = "e1", MemberId = new MemberId("M1"), Sequence = 1, Kind = EntryKind.Accrual, Wallet = new WalletCode("club"),
        At = new(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(8)), On = new(2026, 3, 2), RecordedAt = new(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(8)),
        Source = "/s", SourceId = "1", Points = Points.Of(5), BalanceBefore = Points.Zero, Balance = Points.Of(5), Lots = [], Counter = [],
        Explanation = [], ProgrammeVersion = "1", ContentHash = "h", Reverses = "e0", Confirms = "c", Releases = "e0", Move = new Move("x"),
    };

    [Fact]
    public void Every_kind_of_entry_has_a_heading_of_its_own_in_both_languages()
    {
        foreach (var language in new[] { Language.Chinese, Language.English })
        {
            var headings = Enum.GetValues<EntryKind>().Select(kind => new Sentences(language, null).Header(Any with { Kind = kind })).ToArray();
            Assert.Equal(headings.Length, headings.Distinct().Count());
            Assert.All(headings, heading => Assert.Equal(language == Language.Chinese, heading.Any(character => character > 'ÿ')));
        }
    }
}
