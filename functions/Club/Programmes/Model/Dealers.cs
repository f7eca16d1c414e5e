using System.Collections.Frozen;

namespace Club.Programmes;

/// <summary>A dealer with full after-sales service.</summary>
/// <param name="Region">The code of its region.</param>
/// <param name="HasBranch">Whether the club has a branch there.</param>
public sealed record Dealer(string Code, string Region, bool HasBranch);

/// <summary>A group of dealers, e.g. an RBO.</summary>
public sealed record Region(string Code, string Name, IReadOnlyList<Dealer> Dealers);

/// <summary>The dealers of a programme by region.</summary>
public sealed class DealerNetwork(IReadOnlyList<Region> regions)
{
    private readonly FrozenDictionary<string, Dealer> _dealers =
        regions.SelectMany(region => region.Dealers).ToFrozenDictionary(dealer => dealer.Code, StringComparer.Ordinal);

    public static DealerNetwork Unlisted { get; } = new([]);

    public IReadOnlyList<Region> Regions { get; } = regions;

    public IEnumerable<string> Codes => _dealers.Keys;

    public Dealer? Find(string code) => _dealers.GetValueOrDefault(code);
}
