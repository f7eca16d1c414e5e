using Club.Kernel;
using Club.Store;

namespace Club.Gifts;

/// <summary>What is said of a gift that is not there.</summary>
public static class GiftCodes
{
    /// <summary>Among so many the one that was meant is looked for.</summary>
    private const int Most = 500;

    /// <summary>That there is none of this code, with the nearest that there is: a code in other letters, capital or
    /// small, is another.</summary>
    /// <param name="path">Where it is named in a body; null: in the address.</param>
    public static async Task<Problem> Unknown(this IClubStore store, string code, string? path, CancellationToken cancellation)
    {
        var page = await store.Find(new IndexQuery(Gift.CodeIndex, "", IndexQuery.Last, Limit: Most), cancellation);
        var hint = Nearest.Hint(code, page.Documents.Select(document => document.As<Gift>().Code));
        return new Problem("not-found", path is null ? $"Gift \"{Bounded.Text(code, 64)}\" is not known{hint}"
            : $"{path}: gift \"{code}\" is not known{hint}", path) { Kind = ProblemKind.NotFound };
    }
}
