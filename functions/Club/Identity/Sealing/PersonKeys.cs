using System.Collections.Concurrent;
using System.Security.Cryptography;
using Club.Store;

namespace Club.Identity;

/// <summary>Makes, remembers and destroys the keys of what is personal. A key once destroyed is never made again.</summary>
/// <param name="store">The store of keys, which is not that of the documents.</param>
public sealed class PersonKeys(IClubStore store, TimeProvider time)
{
    private const int KeyBytes = 32;
    private const int MostRemembered = 50_000;

    /// <summary>How long another host that destroys a key may be unheard of, at most twice.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private readonly Lock _turning = new();
    private ConcurrentDictionary<string, byte[]> _new = new(StringComparer.Ordinal), _old = new(StringComparer.Ordinal);
    private long _turned = time.GetTimestamp();
    private int _count; // About: the dictionary's own count takes all its locks.

    /// <summary>The key for reading; null when there is none, or none any more.</summary>
    public async ValueTask<byte[]?> Find(string partition, CancellationToken cancellation)
    {
        if (_new.TryGetValue(partition, out var known)) return known;
        if (!_old.TryGetValue(partition, out known))
            known = (await store.Read<PersonKey>(partition, PersonKey.Id, cancellation))?.Value.Key;
        if (known is not null) Remember(partition, known);
        return known;
    }

    /// <summary>The same as it is stored, whatever is remembered.</summary>
    public ValueTask<byte[]?> FindAgain(string partition, CancellationToken cancellation)
    {
        Forget(partition);
        return Find(partition, cancellation);
    }

    /// <summary>Whether there was a key, or whoever would have had one is forgotten.</summary>
    public async ValueTask<bool> IsDestroyed(string partition, CancellationToken cancellation) =>
        await store.Read<PersonKey>(partition, PersonKey.Id, cancellation) is { Value.Key: null };

    /// <summary>The key for writing, durable before anything is sealed with it; looked up each time, for another host may have destroyed
    /// it.</summary>
    /// <returns>Null when it was destroyed: nothing personal is kept here again.</returns>
    public Task<byte[]?> Take(string partition, CancellationToken cancellation) =>
        Retry.UntilDone<byte[]?>("A key", async () =>
    {
        if (await store.Read<PersonKey>(partition, PersonKey.Id, cancellation) is { } stored)
        {
            if (stored.Value.Key is { } key) Remember(partition, key);
            return stored.Value.Key;
        }
        var made = new PersonKey { Key = RandomNumberGenerator.GetBytes(KeyBytes) };
        if (await store.Commit(partition, [made.ToCreate()], cancellation) is not CommitResult.Written) return Retry.Again;
        Remember(partition, made.Key);
        return made.Key;
    }, cancellation);

    /// <summary>Destroys the key, whether there was one or not: what is sealed with it cannot be read again, wherever it lies.</summary>
    public async Task Destroy(string partition, CancellationToken cancellation)
    {
        await Retry.UntilDone<bool>("A key", async () =>
        {
            var stored = await store.Read<PersonKey>(partition, PersonKey.Id, cancellation);
            if (stored is { Value.Key: null }) return true;
            return await store.Commit(partition, [new PersonKey().ToWrite(stored?.ETag)], cancellation) is CommitResult.Written ? true
                : Retry.Again;
        }, cancellation);
        Forget(partition);
    }

    /// <summary>Sees to it that no key that was destroyed or dropped is anywhere in the store's files.</summary>
    /// <returns>False while somebody still reads what was.</returns>
    public async Task<bool> Purge(CancellationToken cancellation) => store is not IPurges files || await files.Purge(cancellation);

    /// <summary>Lets go of the key of a partition in which nothing is sealed any more; a further one is made when it is needed. Where it
    /// must be nowhere in the files, <see cref="Purge"/> follows.</summary>
    public async Task Drop(string partition, CancellationToken cancellation)
    {
        if (await TagOf(partition, cancellation) is { } tag) await Drop(partition, tag, cancellation);
        else Forget(partition);
    }

    /// <summary>The same of this very key, and of none that was made since.</summary>
    public async Task Drop(string partition, string tag, CancellationToken cancellation)
    {
        await store.Commit(partition, [new Write.Delete(PersonKey.Id, tag)], cancellation);
        Forget(partition);
    }

    /// <summary>By which the key of now is told from a later one; null when there is none.</summary>
    public async ValueTask<string?> TagOf(string partition, CancellationToken cancellation) =>
        (await store.Read<PersonKey>(partition, PersonKey.Id, cancellation))?.ETag;

    private bool IsFull => Volatile.Read(ref _count) >= MostRemembered || time.GetElapsedTime(_turned) > Remembered;

    private void Forget(string partition)
    {
        _new.TryRemove(partition, out _);
        _old.TryRemove(partition, out _);
    }

    private void Remember(string partition, byte[] key)
    {
        if (IsFull)
            lock (_turning)
                if (IsFull) (_old, _new, _turned, _count) = (_new, new(StringComparer.Ordinal), time.GetTimestamp(), 0);
        if (_new.TryAdd(partition, key)) Interlocked.Increment(ref _count);
        else _new[partition] = key;
    }
}
