namespace Club.Desk.Frame;

/// <param name="Next">From where the list goes on; null: this is its end.</param>
/// <param name="IsUnknown">The page that was asked for is not one that this list gave.</param>
public sealed record PageOf<T>(IReadOnlyList<T> Items, string? Next, bool IsUnknown = false);

/// <summary>Lists, page by page, as the store goes on with them.</summary>
public static class Paging
{
    public const int Size = 25;
    public const string Query = "continuation";

    public static async Task<PageOf<T>> Find<T>(Visit visit, Func<int, string?, Task<(IReadOnlyList<T> Items, string? Next)>> find)
    {
        var continuation = visit.Asked(Query);
        try
        {
            var (items, next) = await find(Size, continuation);
            return new PageOf<T>(items, next);
        }
        catch (ArgumentException) when (continuation is not null)
        {
            return new PageOf<T>([], null, IsUnknown: true);
        }
    }
}
