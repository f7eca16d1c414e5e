namespace Club.Store;

/// <summary>A store that can see to it that what was deleted or replaced is nowhere in its files any more.</summary>
public interface IPurges
{
    /// <returns>False while somebody still reads what was; it can be tried again.</returns>
    Task<bool> Purge(CancellationToken cancellation);
}
