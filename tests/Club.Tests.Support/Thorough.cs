namespace Club.Tests.Support;

/// <summary>
/// How much of a long row of inputs a run tries: spread over all of it, so much that a test takes seconds; the whole row where
/// <c>CLUB_TESTS</c> is <c>all</c>, as in <c>.ci/run</c>.
/// </summary>
public static class Thorough
{
    public static bool IsAll { get; } = Environment.GetEnvironmentVariable("CLUB_TESTS") == "all";

    /// <summary>One input of so many, or each.</summary>
    /// <param name="oneOf">A prime goes through all columns of what is combined of rows and columns.</param>
    public static IEnumerable<T> Share<T>(this IEnumerable<T> inputs, int oneOf) => IsAll ? inputs : inputs.Where((_, i) => i % oneOf == 0);

    /// <summary>So many tries, or all of them.</summary>
    public static int Tries(int some, int all) => IsAll ? all : some;
}
