using System.Buffers.Binary;

namespace Club.Local.Sample;

/// <summary>A stream of chance for one member, which follows from the seed and her number alone and is the same on every machine and
/// version of .NET (SplitMix64, Steele, Lea and Flood 2014).</summary>
internal sealed class SampleRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;

    public SampleRandom(int seed, int number) => _state = Mix(Of(seed) ^ unchecked((uint)number));

    /// <summary>Another stream of hers for each day.</summary>
    public SampleRandom(int seed, int number, DateOnly day) : this(seed, number) => _state = Mix(_state ^ Mix((ulong)day.DayNumber));

    /// <summary>What a seed scatters numbers by.</summary>
    public static ulong Of(int seed) => Mix(unchecked(Mix(unchecked((uint)seed + Golden)) + Golden));

    public ulong Next() => Mix(_state = unchecked(_state + Golden));

    public void Fill(Span<byte> bytes)
    {
        Span<byte> eight = stackalloc byte[sizeof(ulong)];
        for (; bytes.Length > 0; bytes = bytes[Math.Min(bytes.Length, eight.Length)..])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(eight, Next());
            eight[..Math.Min(bytes.Length, eight.Length)].CopyTo(bytes);
        }
    }

    /// <summary>From 0 to below <paramref name="end"/>.</summary>
    public int Below(int end) => (int)(((UInt128)Next() * (ulong)end) >> 64);

    /// <summary>Between the two, both included.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <summary>From 0 to below 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Happens(double probability) => Share() < probability;

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Early places more often than late ones, as surnames are.</summary>
    public T OfEarly<T>(IReadOnlyList<T> items) => items[Early(items.Count)];

    /// <summary>From 0 to below <paramref name="end"/>, low numbers more often.</summary>
    public int Early(int end)
    {
        var share = Share();
        return (int)(share * share * end);
    }

    /// <summary>By weight.</summary>
    public T Of<T>(IReadOnlyList<T> items, Func<T, int> weight)
    {
        var left = Below(items.Sum(weight));
        foreach (var item in items)
            if ((left -= weight(item)) < 0) return item;
        throw new InvalidOperationException("The weights were counted wrong.");
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
