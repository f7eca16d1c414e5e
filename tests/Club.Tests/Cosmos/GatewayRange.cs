namespace Club.Tests.Cosmos;

/// <summary>A physical partition: the effective partition keys from <see cref="Min"/> up to, and without, <see cref="Max"/>.</summary>
internal sealed record GatewayRange(string Id, string Min, string Max)
{
    private const string Middle = "1FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF";

    /// <summary>Two, so that whatever spans partitions fans out.</summary>
    public static readonly IReadOnlyList<GatewayRange> All = [new("0", "", Middle), new("1", Middle, "FF")];

    public static GatewayRange Of(string partition) => All.Single(range => range.Holds(EffectivePartitionKey.Of(partition)));

    public bool Holds(string effectiveKey) => string.CompareOrdinal(effectiveKey, Min) >= 0 && string.CompareOrdinal(effectiveKey, Max) < 0;
}
