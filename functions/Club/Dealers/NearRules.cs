using Club.Kernel;

namespace Club.Dealers;

/// <summary>A dealer, and how far away it is.</summary>
/// <param name="Kilometres">Null: it is not known where she is.</param>
public sealed record NearDealer(DealerView Dealer, double? Kilometres);

/// <summary>Which dealers are near. Pure; where she is is kept nowhere.</summary>
public static class NearRules
{
    private const double EarthRadius = 6371.0;

    /// <summary>Open dealers by distance, those that say where they are.</summary>
    public static IReadOnlyList<NearDealer> Around(IEnumerable<DealerView> dealers, Place here, int most) =>
    [
        .. dealers.Where(one => one is { IsOpen: true, Location: not null })
            .Select(one => new NearDealer(one, Distance(here, one.Location!)))
            .OrderBy(one => one.Kilometres).ThenBy(one => one.Dealer.Code.Value, StringComparer.Ordinal).Take(most),
    ];

    /// <summary>Open dealers of her city, her own first; where none is known of, her own alone.</summary>
    public static IReadOnlyList<NearDealer> Of(IEnumerable<DealerView> dealers, string? city, DealerId? own, int most) =>
    [
        .. dealers.Where(one => one.IsOpen && (one.Code == own || CityRules.AreSame(one.City, city)))
            .OrderByDescending(one => one.Code == own).ThenBy(one => one.Code.Value, StringComparer.Ordinal).Take(most)
            .Select(one => new NearDealer(one, null)),
    ];

    /// <summary>In kilometres, along a great circle.</summary>
    public static double Distance(Place one, Place other)
    {
        var (south, north) = (Radians(one.Latitude), Radians(other.Latitude));
        var half = Math.Pow(Math.Sin((north - south) / 2), 2)
            + Math.Cos(south) * Math.Cos(north) * Math.Pow(Math.Sin(Radians(other.Longitude - one.Longitude) / 2), 2);
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(half)));
    }

    private static double Radians(decimal degrees) => (double)degrees * Math.PI / 180;
}
