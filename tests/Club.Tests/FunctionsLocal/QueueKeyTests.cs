using Club.Kernel;
using Club.Earning;
using Functions.Local.Amqp;
using Club.Transactions;
using Xunit;

namespace Club.Tests.FunctionsLocal;

/// <summary>What the setting of a queue key says, and whose events its holder may send.</summary>
public sealed class QueueKeyTests
{
    [Theory]
    [InlineData("key:Send", "key", null)]
    [InlineData("key:Send:*", "key", null)]
    [InlineData("key:Send:/dms/D021,*", "key", null)]
    [InlineData("key:Send:/dms/D021", "key", "/dms/D021")]
    [InlineData("a:b:c:Send,Listen:/dms/D021, /dms/D022", "a:b:c", "/dms/D021|/dms/D022")]
    [InlineData("key:Send:urn:dms:D021,https://dms.example/D022", "key", "urn:dms:D021|https://dms.example/D022")]
    [InlineData("a:Send:b:Send", "a:Send:b", null)]
    public void A_setting_says_key_claims_and_sources(string setting, string secret, string? sources)
    {
        Assert.True(QueueKey.TryParse("dms", setting, out var key));
        Assert.Equal((secret, sources), (key.Key, key.Sources is null ? null : string.Join('|', key.Sources)));
    }

    [Theory]
    [InlineData("key")]
    [InlineData("key:")]
    [InlineData(":Send")]
    [InlineData("key:send")]
    [InlineData("key:Send:")]
    [InlineData("key:Send:/dms/D021,,/dms/D022")]
    [InlineData("key:Send,Fly:/dms/D021")]
    [InlineData(null)]
    public void What_says_less_or_nonsense_is_no_key(string? setting) => Assert.False(QueueKey.TryParse("dms", setting, out _));

    [Theory]
    [InlineData("/dms/D021", "D021", null)]
    [InlineData("/dms/D021", null, null)]
    [InlineData("/dms/D022", "D022", "foreign-source")]
    [InlineData("/dms/D021/", "D021", "foreign-source")]
    [InlineData("/DMS/D021", "D021", "foreign-source")]
    [InlineData("/dms/D0211", "D021", "foreign-source")]
    [InlineData("/dms/D021", "D022", "foreign-dealer")]
    [InlineData("/dms/D021", "D023", null)]
    [InlineData("/crm", "D022", null)]
    [InlineData("/shops/D024", "D021", null)]
    [InlineData("/shops/D024", "D022", "foreign-dealer")]
    public void A_key_sends_for_its_own_sources_and_their_dealers(string source, string? dealer, string? code)
    {
        var scope = new KeyScope(["/dms/D021", "/dms/D023", "/shops/D024", "/crm"]);
        var at = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));
        var transaction = new Transaction(source, "1", at, new DateOnly(2026, 3, 2), dealer is null ? null : new DealerId(dealer), null, null, null, null, []);
        var refused = scope.Refuse("dms", new Incoming.Recorded(transaction, default, ""), listed => listed is "D024");
        Assert.Equal(code, refused?.Code);
        Assert.Null(KeyScope.Every.Refuse("dms", new Incoming.Recorded(transaction, default, ""), _ => true));
    }

    [Fact]
    public void Returns_and_confirmations_go_by_their_source()
    {
        var scope = new KeyScope(["/dms/D022"]);
        var (at, on) = (new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8)), new DateOnly(2026, 3, 2));
        foreach (var (source, code) in new[] { ("/dms/D021", "foreign-source"), ("/dms/D022", null) })
        {
            Assert.Equal(code, scope.Refuse("dms", new Incoming.Returned(new Reversal(source, "R", at, on, "B", null, null), ""), _ =>
                true)?.Code);
            Assert.Equal(code, scope.Refuse("dms", new Incoming.Confirmed(new Confirmation(source, "C", at, on, "B", "delivered"), ""), _ =>
                true)?.Code);
        }
    }

    [Fact]
    public void The_name_of_the_key_changes_nothing_that_makes_a_message_itself()
    {
        var at = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));
        var message = new Incoming.Recorded(
            new Transaction("/dms/D021", "1", at, new DateOnly(2026, 3, 2), null, null, null, null, null, []), default, "");
        var named = message.With("dms");
        Assert.Equal((message.EntryId, message.ContentHash, "dms"), (named.EntryId, named.ContentHash, named.SentWith));
    }
}
