namespace Club.Dealers;

/// <summary>Cities as people write them: 北京 is 北京市. Pure.</summary>
internal static class CityRules
{
    public static bool AreSame(string? one, string? other) =>
        one is not null && other is not null && string.Equals(Bare(one), Bare(other), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string city)
    {
        var bare = city.Trim();
        return bare.Length > 2 && bare.EndsWith('市') ? bare[..^1] : bare;
    }
}
