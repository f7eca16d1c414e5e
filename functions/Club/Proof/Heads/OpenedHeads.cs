using Club.Kernel;

namespace Club.Proof;

/// <summary>The heads of one root, open to be read.</summary>
internal sealed class OpenedHeads : IAsyncDisposable
{
    private readonly OpenFile _file;

    private OpenedHeads(OpenFile file, HeadsFile told) => (_file, Told) = (file, told);

    /// <summary>What outlives the open file.</summary>
    public HeadsFile Told { get; }

    /// <param name="told">Of this root, where it was read before.</param>
    /// <exception cref="FormatException">The file is missing or damaged, or is not what the root covers.</exception>
    public static async Task<OpenedHeads> Open(IKeptFiles files, RootRecord root, CancellationToken cancellation, HeadsFile? told = null)
    {
        var name = FileName.Parse(root.File);
        var file = (name.Succeeded ? await files.Open(name.Value, cancellation) : null)
            ?? throw new FormatException($"The heads of the root of {root.DocumentId} are missing.");
        try
        {
            told ??= await HeadsFile.Read(file.Content, cancellation);
            if (root.ComputeRoot() != root.Root || told.Count != root.Heads || told.Tree.ToString() != root.Tree)
                throw new FormatException($"The heads of the root of {root.DocumentId} are not those that it covers.");
            return new OpenedHeads(file, told);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc cref="HeadsFile.All"/>
    public IAsyncEnumerable<(Head Head, Digest Leaf)> All(CancellationToken cancellation) => Told.All(_file.Content, cancellation);

    /// <inheritdoc cref="HeadsFile.Find"/>
    public Task<PlacedHead?> Find(MemberId memberId, CancellationToken cancellation) => Told.Find(_file.Content, memberId, cancellation);

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
