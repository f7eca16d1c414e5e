using Club.Access;
using Club.Kernel;
using Club.Store;

namespace Club.Activities;

/// <summary>Photos of activities, as files.</summary>
public sealed class ActivityPhotos(IFiles files, ActivityPlans plans, Allotments allotments)
{
    /// <summary>Bytes of one.</summary>
    public const int Largest = 1024 * 1024;
    private const int Most = 100;

    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], Jpeg = [0xFF, 0xD8, 0xFF];

    /// <summary>Keeps a photo; one of the same name is replaced.</summary>
    /// <returns>The name of the file. Problems: <c>not-found</c>, <c>invalid-file-name</c>, <c>invalid-data</c> for what is no photo,
    /// <c>over-limit</c>.</returns>
    public async Task<Outcome<string>> Put(string code, string name, ReadOnlyMemory<byte> content, Caller caller,
        CancellationToken cancellation)
    {
        if (await plans.FindOwn(code, caller, cancellation) is null) return ActivityPlans.Unknown(code);
        var file = NameOf(code, name);
        if (file.Problem is { } problem) return problem;
        if (content.Length > Largest) return Problem.TooLarge(Largest);
        if (!content.Span.StartsWith(name.EndsWith(".png", StringComparison.Ordinal) ? Png : Jpeg))
            return new Problem("invalid-data", "The body is no photo of the kind that its name says: JPEG or PNG is expected.");
        var known = await List(code, cancellation);
        // Of many that come at once each has a place of its own, by its name.
        if (!known.Contains(name) && (known.Count >= Most
            || await allotments.PromiseUndivided($"photos:{code}", name, 1, Most, cancellation) is not null))
            return new Problem("over-limit", $"An activity has at most {Most} photos.") { Kind = ProblemKind.Conflict };
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        await files.Write(file.Value, stream, cancellation);
        return file.Value.LastPart;
    }

    /// <summary>Null when there is none that is the caller's to see.</summary>
    public async Task<OpenFile?> Open(string code, string name, Caller caller, CancellationToken cancellation) =>
        NameOf(code, name) is { Succeeded: true, Value: var file } && await plans.Find(code, caller, cancellation) is not null
            ? await files.Open(file, cancellation) : null;

    /// <summary>Their names.</summary>
    public async Task<IReadOnlyList<string>> List(string code, CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (var file in files.List(FolderOf(code), cancellation)) names.Add(file.Name.LastPart);
        return names;
    }

    private static string FolderOf(string code) => $"activities/{code}/";

    private static Outcome<FileName> NameOf(string code, string name) =>
        name.Contains('/', StringComparison.Ordinal) || !(name.EndsWith(".jpg", StringComparison.Ordinal) || name.EndsWith(".png", StringComparison.Ordinal))
            ? new Problem("invalid-file-name", "name: one that ends with .jpg or .png is expected.", "name")
            : FileName.Parse(FolderOf(code) + name);
}
