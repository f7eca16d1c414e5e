using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Club.Kernel;
using Club.Store;
using Microsoft.Extensions.Logging;

namespace Club.Proof;

/// <summary>
/// Makes the root of the day: the heads of the root before, moved on by what the feed has told since. It costs what has changed, and a
/// file. First the heads are kept, then the root, then the documents say so; whoever is killed in between leaves a file that nobody names,
/// or a root that the next run enters. Of two hosts the first root counts.
/// </summary>
public sealed partial class RootMaker
{
    private const int Flushed = 64 * 1024;

    private readonly Roots _roots;
    private readonly IKeptFiles _files;
    private readonly IClubStore _store;
    private readonly ClubCalendar _calendar;
    private readonly ILogger<RootMaker> _logger;
    private readonly HeadFeed _feed;
    private readonly ChainReader _chains;

    public RootMaker(Roots roots, IKeptFiles files, IClubStore store, ClubCalendar calendar, ILogger<RootMaker> logger)
    {
        (_roots, _files, _store, _calendar, _logger) = (roots, files, store, calendar, logger);
        (_feed, _chains) = (new HeadFeed(store), new ChainReader(store));
    }

    /// <summary>Today's root, made now unless there is one; where the clock was set back, the newest.</summary>
    public async Task<RootRecord> Make(CancellationToken cancellation)
    {
        var mark = (await _store.Read<RootMark>(RootRecord.Partition, RootMark.Id, cancellation))?.Value;
        var now = _calendar.Now;
        var today = _calendar.DateOf(now);
        if (mark?.Day >= today && await _roots.Of(mark.Day, cancellation) is { } made) return made;
        var last = await _roots.Newest(cancellation);
        if (last?.Day >= today)
        {
            await _roots.Enter(last, null, cancellation);
            return last;
        }
        // Where files are lost, what they held is read again from the beginning.
        var (told, position) = await _feed.Since(last?.Day >= mark?.Day ? mark?.Position : null, now, cancellation);
        var root = await Over(told, last, now, cancellation);
        if (!await _roots.Keep(root, cancellation))
        {
            root = await _roots.Of(today, cancellation) ?? throw new StoreException($"The root of {IndexKeys.Date(today)} is gone.");
            await _roots.Enter(root, null, cancellation);
            return root;
        }
        await _roots.Enter(root, position, cancellation);
        Log.Made(_logger, root.DocumentId, root.Root, root.Heads);
        foreach (var memberId in root.Rewritten ?? []) Log.Rewritten(_logger, memberId, last!.Root);
        return root;
    }

    /// <summary>The root over what was told, whose heads are kept.</summary>
    private async Task<RootRecord> Over(Dictionary<MemberId, Told> told, RootRecord? last, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var day = _calendar.DateOf(now);
        var (name, rewritten) = ($"heads/{IndexKeys.Date(day)}-{Ids.Random("")}.heads", new List<MemberId>());
        var (tree, heads) = await KeepHeads(FileName.Parse(name).Value, last, told, rewritten, cancellation);
        var (number, text) = ((last?.Number ?? 0) + 1, tree.ToString());
        return new RootRecord
        {
            Day = day, Number = number, MadeAt = now, Heads = heads, Tree = text, Previous = last?.Root,
            Root = RootRecord.RootOf(day, number, heads, text, last?.Root), File = name,
            Rewritten = rewritten.Count > 0 ? rewritten : null,
        };
    }

    /// <summary>Writes and keeps at once: the file is never whole in memory.</summary>
    private async Task<(Digest Tree, long Heads)> KeepHeads(FileName name, RootRecord? last, Dictionary<MemberId, Told> told,
        List<MemberId> rewritten, CancellationToken cancellation)
    {
        var pipe = new Pipe();
        var writing = Task.Run(async () =>
        {
            try
            {
                var written = await Write(pipe.Writer, last, told, rewritten, cancellation);
                await pipe.Writer.CompleteAsync();
                return written;
            }
            catch (Exception fault)
            {
                await pipe.Writer.CompleteAsync(fault);
                throw;
            }
        }, cancellation);
        try
        {
            await _files.Create(name, pipe.Reader.AsStream(), cancellation);
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
        }
        return await writing;
    }

    private async Task<(Digest Tree, long Heads)> Write(PipeWriter to, RootRecord? last, Dictionary<MemberId, Told> told,
        List<MemberId> rewritten, CancellationToken cancellation)
    {
        var (writer, added) = (new HeadsWriter(to), 0);
        await foreach (var (head, leaf) in Merged(last, told, rewritten, cancellation))
        {
            writer.Add(head, leaf);
            if (++added % (Flushed / 64) == 0) await to.FlushAsync(cancellation);
        }
        return (writer.End(), writer.Count);
    }

    /// <summary>The heads of the root before and those that were told of, in order of member ids; the leaf where it is the same.</summary>
    private async IAsyncEnumerable<(Head Head, Digest? Leaf)> Merged(RootRecord? last, Dictionary<MemberId, Told> told,
        List<MemberId> rewritten, [EnumeratorCancellation] CancellationToken cancellation)
    {
        MemberId[] changed = [.. told.Keys];
        Array.Sort(changed);
        var next = 0;
        await foreach (var (before, leaf) in Before(last, cancellation))
        {
            for (; next < changed.Length && changed[next] < before.MemberId; next++)
                if (await Now(changed[next], null) is { } added) yield return (added, null);
            if (next < changed.Length && changed[next] == before.MemberId) yield return ((await Now(changed[next++], before))!.Value, null);
            else yield return (before, leaf);
        }
        for (; next < changed.Length; next++)
            if (await Now(changed[next], null) is { } added) yield return (added, null);

        async ValueTask<Head?> Now(MemberId memberId, Head? before)
        {
            var what = told[memberId];
            if (what.Continues(before)) return new Head(memberId, what.Last, what.Hash);
            // Told again, in part or not as a chain: the ledger itself says.
            var (head, isRewritten) = await _chains.Follow(memberId, before, cancellation);
            if (isRewritten) rewritten.Add(memberId);
            return head;
        }
    }

    private async IAsyncEnumerable<(Head Head, Digest Leaf)> Before(RootRecord? last,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (last is null) yield break;
        await using var opened = await OpenedHeads.Open(_files, last, cancellation);
        await foreach (var one in opened.All(cancellation)) yield return one;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Root of {Day}: {Root}, over {Heads} members.")]
        public static partial void Made(ILogger logger, string day, string root, long heads);

        [LoggerMessage(2, LogLevel.Error, "The history of member {MemberId} was rewritten since root {Root}.")]
        public static partial void Rewritten(ILogger logger, string memberId, string root);
    }
}
