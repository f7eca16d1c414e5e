using System.Reflection;
using Club.Care;
using Club.Desk.Words;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Whatever a message, a call or a letter is about is said in words, in both languages.</summary>
public sealed class OccasionTermTests
{
    [Fact]
    public void Every_key_that_records_keep_has_words()
    {
        var keys = typeof(OccasionKeys).GetFields(BindingFlags.Static | BindingFlags.Public).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!).Append("activity").ToArray();
        Assert.True(keys.Length > 9);
        foreach (var key in keys)
        {
            var said = OccasionTerms.About($"{key}:2026-03-02:30");
            Assert.NotEqual(key, said.Zh);
            Assert.NotEqual(said.En, said.Zh);
        }
    }
}
