using System.Net;
using Club.Cosmos;
using Microsoft.Azure.Cosmos;
using Xunit;

namespace Club.Tests.Cosmos;

/// <summary>The gateway of these tests is strict: it answers what the store may ask, and refuses the rest.</summary>
public sealed class GatewayTests(GatewayAccount account) : IClassFixture<GatewayAccount>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SELECT * FROM c")]
    [InlineData("SELECT c.id FROM c WHERE c.type = 'entry'")]
    [InlineData("SELECT c.id FROM c JOIN (SELECT VALUE v FROM v IN c.ix[\"k\"] WHERE v = @from) ORDER BY c.id")]
    public async Task A_query_that_the_store_does_not_ask_is_refused(string text)
    {
        var container = await account.NewContainer();
        using var pages = container.GetItemQueryStreamIterator(
            new QueryDefinition(text).WithParameter("@from", "x"),
            requestOptions: new QueryRequestOptions { PartitionKey = new PartitionKey("m") });
        using var response = await pages.ReadNextAsync(Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_stored_procedure_is_refused()
    {
        var container = await account.NewContainer();
        var refused = await Assert.ThrowsAsync<CosmosException>(() =>
            container.Scripts.ReadStoredProcedureAsync("none", cancellationToken: Cancellation));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Ids_and_sizes_that_the_service_refuses_are_refused()
    {
        var container = await account.NewContainer();
        async Task<HttpStatusCode> Batch(string json) =>
            (await container.CreateTransactionalBatch(new PartitionKey("m"))
                .CreateItemStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json))).ExecuteAsync(Cancellation)).StatusCode;

        Assert.Equal(HttpStatusCode.OK, await Batch("""{"id":"a","pk":"m"}"""));
        Assert.Equal(HttpStatusCode.Conflict, await Batch("""{"id":"a","pk":"m"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await Batch("""{"id":"a/b","pk":"m"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await Batch("""{"id":"a","pk":"other"}"""));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge,
            await Batch($$"""{"id":"b","pk":"m","x":"{{new string('x', GatewayContainer.MaxBatchBytes)}}"}"""));
    }

    [Fact]
    public async Task The_container_is_created_as_the_store_expects()
    {
        var container = await account.NewContainer();
        var created = account.Gateway.Properties(container.Id);
        Assert.Equal("""{"paths":["/pk"],"kind":"Hash","version":2}""",
            created.GetProperty("partitionKey").GetRawText().Replace(" ", "", StringComparison.Ordinal));
        Assert.False(created.TryGetProperty("defaultTtl", out _));
        var policy = created.GetProperty("indexingPolicy");
        Assert.Equal("/ix/*", Assert.Single(policy.GetProperty("includedPaths").EnumerateArray()).GetProperty("path").GetString());
        Assert.Equal("/*", Assert.Single(policy.GetProperty("excludedPaths").EnumerateArray()).GetProperty("path").GetString());
        Assert.Equal(CosmosSetup.PartitionKeyPath,
            (await container.ReadContainerAsync(cancellationToken: Cancellation)).Resource.PartitionKeyPath);
    }
}
