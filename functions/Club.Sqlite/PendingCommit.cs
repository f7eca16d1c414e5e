using System.Globalization;
using Club.Store;
using Sqlite.Integrity;

namespace Club.Sqlite;

/// <summary>A commit on its way to the writer, with all that can be prepared on the caller's thread.</summary>
internal sealed class PendingCommit
{
    private readonly TaskCompletionSource<CommitResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PendingCommit(string partition, IReadOnlyList<Write> writes)
    {
        Partition = Utf8.Of(partition);
        Writes = new PreparedWrite[writes.Count];
        for (var i = 0; i < writes.Count; i++) Writes[i] = PreparedWrite.Of(Partition, writes[i]);
    }

    public byte[] Partition { get; }
    public PreparedWrite[] Writes { get; }

    /// <summary>Set inside the transaction, told once it is durable.</summary>
    public CommitResult? Result { get; set; }

    public Task<CommitResult> Done => _done.Task;

    public void Tell() => _done.SetResult(Result!);

    public void Fail(StoreException fault) => _done.SetException(new StoreException(fault.Message, fault));
}

internal enum WriteKind { Create, Replace, Delete }

internal sealed record PreparedWrite(WriteKind Kind, string Id, byte[] IdBytes)
{
    private const long NoVersion = -1;

    public byte[] Type { get; private init; } = [];
    public ReadOnlyMemory<byte> Json { get; private init; }
    public PreparedKeys Keys { get; private init; } = PreparedKeys.None;
    public long IfMatch { get; private init; } = NoVersion;

    /// <summary>Of the content; the writer adds what it gives the row.</summary>
    public uint Sum { get; private init; }

    public static PreparedWrite Of(byte[] partition, Write write)
    {
        var prepared = Of(write);
        return prepared with { Sum = Checksum.OfContent(partition, prepared.IdBytes, prepared.Type, prepared.Keys.Text,
            prepared.Json.Span) };
    }

    private static PreparedWrite Of(Write write)
    {
        var id = Utf8.Of(write.Id);
        return write switch
        {
            Write.Create create => new PreparedWrite(WriteKind.Create, write.Id, id)
            {
                Type = Utf8.Of(create.Type), Json = create.Json, Keys = PreparedKeys.Of(create.Index),
            },
            Write.Replace replace => new PreparedWrite(WriteKind.Replace, write.Id, id)
            {
                Type = Utf8.Of(replace.Type), Json = replace.Json, Keys = PreparedKeys.Of(replace.Index),
                    IfMatch = Version(replace.IfMatch),
            },
            Write.Delete delete => new PreparedWrite(WriteKind.Delete, write.Id, id) { IfMatch = Version(delete.IfMatch) },
            _ => throw new ArgumentException($"{write.GetType().Name} is not a write that a store knows.", nameof(write)),
        };
    }

    // An ETag that this store never gave out is a stale one.
    private static long Version(string etag) =>
        long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : NoVersion;
}
