using System.Reflection;

namespace Club.Store;

/// <summary>Every type of document that the club stores: whatever record says that it is stored.</summary>
internal static class StoredTypes
{
    private static readonly Dictionary<string, Func<Document, IndexKeys>> Readers = typeof(StoredTypes).Assembly.GetTypes()
        .Where(type => type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IStored<>)))
        .Select(type => ((string, Func<Document, IndexKeys>))typeof(StoredTypes).GetMethod(nameof(Reader),
            BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null)!)
        .ToDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal);

    public static IEnumerable<string> Names => Readers.Keys;

    /// <summary>Reads a document as what it says it is.</summary>
    /// <returns>The keys by which it is to be found.</returns>
    /// <exception cref="FormatException">It is not: of no known type, or of another id than it tells.</exception>
    public static IndexKeys Check(Document document)
    {
        if (!Readers.TryGetValue(document.Type, out var read))
            throw new FormatException($"It is of a type that is not known: {document.Type}.");
        return read(document);
    }

    private static (string, Func<Document, IndexKeys>) Reader<T>() where T : class, IStored<T> => (T.DocumentType, document =>
    {
        var value = document.As<T>();
        if (value.DocumentId != document.Id) throw new FormatException($"It says that it is {value.DocumentId}.");
        return value.Index;
    });
}
