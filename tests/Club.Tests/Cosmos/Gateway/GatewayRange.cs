using Club.Kernel;

namespace Club.Tests.Cosmos;

/// <summary>A physical partition, as the client is told of it: from <see cref="Min"/> up to, and without, <see cref="Max"/>.</summary>
internal sealed record GatewayRange(string Id, string Min, string Max)
{
    private const string Middle = "1FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF";

    /// <summary>Two, so that whatever spans partitions fans out.</summary>
    public static readonly IReadOnlyList<GatewayRange> All = [new("0", "", Middle), new("1", Middle, "FF")];

    /// <summary>Where a partition lies: by a hash, but not by that of Cosmos DB. A client of the gateway never says what it
    /// thinks.</summary>
    public static GatewayRange Of(string partition) => All[Ids.Bucket(partition) % All.Count];
}
