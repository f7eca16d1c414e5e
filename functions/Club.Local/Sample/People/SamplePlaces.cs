using Club.Kernel;
using Club.Programmes;

namespace Club.Local.Sample;

/// <param name="Plate">How plates begin there.</param>
internal sealed record SampleCity(string Name, string Plate);

/// <param name="Members">How many of the club live there, beside the other regions.</param>
internal sealed record SampleRegion(string Code, int Members, IReadOnlyList<SampleCity> Cities)
{
    public IReadOnlyList<DealerId> Dealers { get; init; } = [];
}

/// <summary>The six regions of the club, with the members that each had in May 2010 (DOMAIN, number 7), and the programme's dealers in
/// them.</summary>
internal static class SamplePlaces
{
    private const int DealersWhereNoneAreListed = 20;

    private static readonly SampleRegion[] Regions =
    [
        new("chengdu", 15_045, [new("成都", "川A"), new("重庆", "渝A"), new("绵阳", "川B"), new("昆明", "云A"), new("贵阳", "贵A")]),
        new("beijing", 26_021, [new("北京", "京N"), new("天津", "津A"), new("石家庄", "冀A"), new("太原", "晋A"), new("沈阳", "辽A")]),
        new("shanghai", 18_470, [new("上海", "沪B"), new("南京", "苏A"), new("苏州", "苏E"), new("合肥", "皖A")]),
        new("jinan", 19_691, [new("济南", "鲁A"), new("青岛", "鲁B"), new("烟台", "鲁F"), new("郑州", "豫A")]),
        new("guangzhou", 12_038, [new("广州", "粤A"), new("深圳", "粤B"), new("佛山", "粤E"), new("南宁", "桂A")]),
        new("hangzhou", 23_993, [new("杭州", "浙A"), new("宁波", "浙B"), new("温州", "浙C"), new("南昌", "赣A")]),
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
