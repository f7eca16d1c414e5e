using System.Text;
using System.Text.Json.Nodes;
using Club.Programmes;
using Club.Store;
using Xunit;

namespace Club.Tests.Programmes;

/// <summary>Without <c>value</c> nobody has a class: what asks for one never holds.</summary>
public sealed class ClassTermsTests
{
    private const string None = "there is no \"value\", so nobody has a class.";

    [Theory]
    [InlineData("""{"earning":[{"id":"a","when":{"valueClass":["D"]},"award":{"rate":1}}]}""", "$.earning[0].when.valueClass")]
    [InlineData("""{"earning":[{"id":"a","when":{"any":[{"none":[{"loyaltyClass":["A"]}]}]},"award":{"rate":1}}]}""",
        "$.earning[0].when.any[0].none[0].loyaltyClass")]
    [InlineData("""{"care":[{"occasion":"winBack","template":"a"}]}""", "$.care[0].occasion")]
    [InlineData("""{"care":[{"occasion":"birthday","template":"a","when":{"valueClass":["D"]}}]}""", "$.care[0].when.valueClass")]
    [InlineData("""{"care":[{"occasion":"birthday","template":"a","variants":[{"when":{"loyaltyClass":["A"]},"template":"b"}]}]}""",
        "$.care[0].variants[0].when.loyaltyClass")]
    [InlineData("""{"repurchase":{"vehicleMonths":48,"validMonths":12,"followUpDays":14,"valueClass":["D"]}}""", "$.repurchase.valueClass")]
    public void What_asks_for_a_class_is_an_error_without_value(string members, string path) =>
        Assert.Equal([$"{path}: {None}"],
            Assert.Throws<ProgrammeException>(() => Book.With(members)).Errors.Select(error => error.ToString()));

    /// <summary>Before there was <c>value</c> a book could ask for classes: it is in force in some clubs.</summary>
    [Fact]
    public async Task What_was_published_so_is_read_as_it_was()
    {
        var store = new MemoryStore();
        await using (var club = new ClubFixture(store: store, rules: Book.Read(Book.File())))
            await club.Publish(Book.Version("old", "2026-01-01"));
        var stored = (await store.Changes(null)).Documents.Single(document => document.Type == "programme"
            && document.Id.Contains("old", StringComparison.Ordinal));
        var text = JsonNode.Parse(stored.Json.Span)!;
        text["programme"]!["earning"]![0]!["when"]!["valueClass"] = new JsonArray("D");
        var write = new Write.Replace(stored.Id, stored.Type, Encoding.UTF8.GetBytes(text.ToJsonString()), IndexKeys.None, stored.ETag);
        Assert.IsType<CommitResult.Written>(await store.Commit(stored.Partition, [write]));
        await using var later = new ClubFixture(store: store, rules: Book.Read(Book.File()));
        Assert.Contains(await later.Get<ProgrammeLibrary>().Versions(), version => version.Version == "old");
        Assert.NotNull(await later.Get<ProgrammeLibrary>().Version("old"));
    }

    [Fact]
    public void A_book_whose_value_is_taken_out_lists_each_place()
    {
        var file = JsonNode.Parse(Repository.Read("functions", "Programmes", "skoda.json"))!.AsObject();
        file.Remove("value");
        var errors = Assert.Throws<ProgrammeException>(() => Book.Read(file)).Errors.Select(error => error.ToString()).ToArray();
        Assert.All(errors, error => Assert.EndsWith(None, error, StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("$.earning[", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("$.care[", StringComparison.Ordinal));
    }
}
