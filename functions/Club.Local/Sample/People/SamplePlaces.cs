using Club.Kernel;
using Club.Programmes;

namespace Club.Local.Sample;

/// <param name="Plate">How plates begin there.</param>
/// <param name="North">Its middle, in degrees.</param>
internal sealed record SampleCity(string Name, string Plate, decimal North, decimal East);

/// <param name="Members">How many of the club live there, beside the other regions.</param>
internal sealed record SampleRegion(string Code, int Members, IReadOnlyList<SampleCity> Cities)
{
    public IReadOnlyList<DealerId> Dealers { get; init; } = [];

    /// <summary>Each has dealers, as far as there are enough.</summary>
    public SampleCity CityOf(int dealer) => Cities[dealer % Cities.Count];

    /// <summary>The dealers of a city; of the region where it has none.</summary>
    public IReadOnlyList<DealerId> DealersIn(SampleCity city) =>
        Dealers.Where((_, place) => CityOf(place) == city).ToArray() is { Length: > 0 } own ? own : Dealers;
}

/// <summary>The six regions of the club, with the members that each had in May 2010 (DOMAIN, number 7), and the programme's dealers in
/// them.</summary>
internal static class SamplePlaces
{
    private const int DealersWhereNoneAreListed = 20;

    private static readonly SampleRegion[] Regions =
    [
        new("chengdu", 15_045,
            [new("成都", "川A", 30.66m, 104.07m), new("重庆", "渝A", 29.56m, 106.55m), new("绵阳", "川B", 31.47m, 104.74m),
             new("昆明", "云A", 25.04m, 102.71m), new("贵阳", "贵A", 26.65m, 106.63m)]),
        new("beijing", 26_021,
            [new("北京", "京N", 39.90m, 116.40m), new("天津", "津A", 39.13m, 117.20m), new("石家庄", "冀A", 38.04m, 114.51m),
             new("太原", "晋A", 37.87m, 112.55m), new("沈阳", "辽A", 41.80m, 123.43m)]),
        new("shanghai", 18_470,
            [new("上海", "沪B", 31.23m, 121.47m), new("南京", "苏A", 32.06m, 118.80m), new("苏州", "苏E", 31.30m, 120.58m),
             new("合肥", "皖A", 31.82m, 117.23m)]),
        new("jinan", 19_691,
            [new("济南", "鲁A", 36.65m, 117.12m), new("青岛", "鲁B", 36.07m, 120.38m), new("烟台", "鲁F", 37.46m, 121.45m),
             new("郑州", "豫A", 34.75m, 113.62m)]),
        new("guangzhou", 12_038,
            [new("广州", "粤A", 23.13m, 113.26m), new("深圳", "粤B", 22.54m, 114.06m), new("佛山", "粤E", 23.02m, 113.12m),
             new("南宁", "桂A", 22.82m, 108.37m)]),
        new("hangzhou", 23_993,
            [new("杭州", "浙A", 30.27m, 120.16m), new("宁波", "浙B", 29.87m, 121.54m), new("温州", "浙C", 28.00m, 120.70m),
             new("南昌", "赣A", 28.68m, 115.86m)]),
    ];

    /// <summary>A programme that lists no dealers knows them all: then they are D001 to D120. A region of its own that is none of the six
    /// gets their cities in turn.</summary>
    public static IReadOnlyList<SampleRegion> Of(Programme programme)
    {
        if (programme.Dealers.Regions.Count == 0)
            return [.. Regions.Select((region, place) => region with { Dealers = [.. Enumerable.Range(1, DealersWhereNoneAreListed)
                .Select(number => new DealerId($"D{place * DealersWhereNoneAreListed + number:D3}"))] })];
        return [.. programme.Dealers.Regions.Where(region => region.Dealers.Count > 0).Select((region, place) =>
            (Array.Find(Regions, known => known.Code == region.Code) ?? Regions[place % Regions.Length] with { Code = region.Code })
            with { Dealers = WithBranch(region) })];
    }

    /// <summary>Whoever is a member is one of a branch.</summary>
    private static IReadOnlyList<DealerId> WithBranch(Region region)
    {
        var dealers = region.Dealers.Any(dealer => dealer.HasBranch) ? region.Dealers.Where(dealer => dealer.HasBranch) : region.Dealers;
        return [.. dealers.Select(dealer => new DealerId(dealer.Code))];
    }
}
