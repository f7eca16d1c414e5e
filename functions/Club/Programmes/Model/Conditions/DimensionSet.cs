namespace Club.Programmes;

/// <summary>Some of the dimensions.</summary>
public readonly record struct DimensionSet(uint Bits)
{
    private static readonly DimensionSet Profile = Of(Enum.GetValues<Dimension>().Where(dimension => dimension.NeedsProfile));

    public static DimensionSet Of(IEnumerable<Dimension> dimensions) =>
        new(dimensions.Aggregate(0u, (bits, dimension) => bits | (1u << (int)dimension)));

    public bool Any => Bits != 0;
    public bool NeedsProfile => (Bits & Profile.Bits) != 0;

    public bool Has(Dimension dimension) => (Bits & (1u << (int)dimension)) != 0;

    /// <summary>Whether it has everything of the other that only a profile knows.</summary>
    public bool CoversProfileOf(DimensionSet other) => (other.Bits & Profile.Bits & ~Bits) == 0;

    public static DimensionSet operator |(DimensionSet a, DimensionSet b) => new(a.Bits | b.Bits);
}
