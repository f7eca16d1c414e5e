using System.Text;
using Club.Activities;
using Club.Kernel;
using Xunit;

namespace Club.Tests.Activities;

public sealed class InviteeFilterTests
{
    [Theory]
    [InlineData("""{"filter":{"loyaltyClas":"A"}}""", "$.filter.loyaltyClas", "did you mean \"loyaltyClass\"?")]
    [InlineData("""{"filter":{"dealerId":"D021","x":null}}""", "$.filter.x", "unknown member.")]
    [InlineData("""{"filtr":{"loyaltyClass":"A"}}""", "$.filtr", "did you mean \"filter\"?")]
    [InlineData("""{"loyaltyClass":"A"}""", "$.loyaltyClass", "unknown member.")]
    public void A_misspelt_name_never_means_everybody(string body, string path, string said)
    {
        var problem = JsonFields.Parse(Encoding.UTF8.GetBytes(body), InviteeFilter.Read).Problem;
        Assert.Equal(("invalid-data", path), (problem?.Code, problem?.Path));
        Assert.EndsWith(said, problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"filter":{},"author":"王","text":"{{ name }}"}""")]
    [InlineData("""{"filter":null}""")]
    public void Nothing_said_means_everybody(string body) =>
        Assert.Equal(new InviteeFilter(), JsonFields.Parse(Encoding.UTF8.GetBytes(body), InviteeFilter.Read).Value);
}
