using System.Text;

namespace Club.Identity;

/// <summary>A text about one person that stands in a document of no person: it is kept under her key, so that it goes with her.</summary>
public sealed class SealedTexts(PersonKeys keys)
{
    /// <param name="partition">The person's.</param>
    /// <param name="place">Where it will stand; it opens nowhere else.</param>
    /// <returns>Null when she is forgotten.</returns>
    public async ValueTask<string?> Close(string text, string partition, string place, CancellationToken cancellation) =>
        await keys.Take(partition, cancellation) is { } key ? Seal.Box(Encoding.UTF8.GetBytes(text), key, Seal.Place(partition, place, "text"))
            : null;

    /// <returns>Null when she is forgotten.</returns>
    /// <exception cref="Store.StoreException">It is not what was sealed, or not here.</exception>
    public async ValueTask<string?> Open(string closed, string partition, string place, CancellationToken cancellation) =>
        await keys.Find(partition, cancellation) is { } key
            ? Encoding.UTF8.GetString(Seal.Unbox(Encoding.UTF8.GetBytes(closed), key, Seal.Place(partition, place, "text"))
                ?? throw new Store.StoreException($"The text of {place} is not what was sealed."))
            : null;
}
