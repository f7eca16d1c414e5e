using System.Buffers.Binary;

namespace Sqlite.Integrity;

/// <summary>
/// Looks whether the write-ahead log beside a file is whole, before SQLite opens it. SQLite reads a log up to the first frame that does not
/// agree with its checksum and passes over the rest in silence: right for what a crash left half written, but one bit that turned over
/// would take back every commit after it.
/// </summary>
public static class LogCheck
{
    private const int HeadBytes = 32;
    private const int FrameHeadBytes = 24;
    private const uint Magic = 0x377F0682;

    /// <param name="path">The database file.</param>
    /// <returns>What is wrong, in a sentence; null when nothing is, or when there is no log.</returns>
    public static string? Check(string path)
    {
        var file = path + "-wal";
        if (!File.Exists(file)) return null;
        using var log = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        var head = new byte[HeadBytes];
        if (log.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false) < HeadBytes || !head.AsSpan().ContainsAnyExcept((byte)0))
            return null;
        var frame = Walk(log, head);
        if (frame is null || IsOther(file, head)) return null;
        return $"The log {file} is damaged {(frame == 0 ? "at its head" : $"in frame {frame}")}: what was committed from there on cannot be read. "
            + "Restore both files from a backup; whoever removes the log goes on without what it held.";
    }

    /// <summary>The number of the damaged frame, 0 for the head; null when the log ends as logs do.</summary>
    private static long? Walk(FileStream log, byte[] head)
    {
        if ((Word(head, 0) & ~1u) != Magic || Sum(default, head.AsSpan(0, 24), IsBig(head)) is var chain && chain != Stored(head, 24))
            return 0;
        var frame = new byte[FrameHeadBytes + Word(head, 8)];
        for (var number = 1L; log.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length; number++)
        {
            var (before, agrees) = (chain, frame.AsSpan(8, 8).SequenceEqual(head.AsSpan(16, 8)));
            chain = SumOfFrame(before, frame, IsBig(head));
            if (agrees && chain == Stored(frame, 16)) continue;
            // The rest of a log that was begun anew, or what a crash left half written, is not told as damage.
            return chain == Stored(frame, 16) || agrees && (IsOneBitAway(before, frame, IsBig(head)) || CommitsFollow(log, head, frame))
                ? number : null;
        }
        return null;
    }

    /// <summary>No write that broke off looks like this: with one bit turned back the frame is whole.</summary>
    private static bool IsOneBitAway((uint, uint) before, byte[] frame, bool big)
    {
        var (sum, stored) = (SumOfFrame(before, frame, big), Stored(frame, 16));
        if (System.Numerics.BitOperations.PopCount(sum.First ^ stored.First) + System.Numerics.BitOperations.PopCount(
            sum.Second ^ stored.Second) == 1)
            return true;
        for (var at = 0; at < frame.Length; at = at == 7 ? FrameHeadBytes : at + 1)
        {
            for (var bit = 1; bit < 256; bit <<= 1)
            {
                frame[at] ^= (byte)bit;
                var whole = SumOfFrame(before, frame, big) == stored;
                frame[at] ^= (byte)bit;
                if (whole) return true;
            }
        }
        return false;
    }

    /// <summary>A commit is on disk before the next one begins: with two of them behind it, a frame was whole once.</summary>
    private static bool CommitsFollow(FileStream log, byte[] head, byte[] frame)
    {
        var commits = 0;
        while (commits < 2 && log.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length
            && frame.AsSpan(8, 8).SequenceEqual(head.AsSpan(16, 8)))
            if (Word(frame, 4) != 0) commits++;
        return commits == 2;
    }

    /// <summary>Whether a process that writes beside this one has begun the log anew meanwhile.</summary>
    private static bool IsOther(string file, byte[] head)
    {
        using var log = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var now = new byte[HeadBytes];
        return log.ReadAtLeast(now, HeadBytes, throwOnEndOfStream: false) < HeadBytes || !now.AsSpan().SequenceEqual(head);
    }

    private static (uint First, uint Second) SumOfFrame((uint, uint) before, byte[] frame, bool big) =>
        Sum(Sum(before, frame.AsSpan(0, 8), big), frame.AsSpan(FrameHeadBytes), big);

    private static (uint First, uint Second) Sum((uint First, uint Second) sum, ReadOnlySpan<byte> bytes, bool big)
    {
        var (first, second) = sum;
        unchecked
        {
            for (; bytes.Length >= 8; bytes = bytes[8..])
            {
                first += (big ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes)) + second;
                second += (big ? BinaryPrimitives.ReadUInt32BigEndian(bytes[4..])
                    : BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..])) + first;
            }
        }
        return (first, second);
    }

    private static bool IsBig(byte[] head) => (head[3] & 1) == 1;

    private static (uint First, uint Second) Stored(byte[] bytes, int at) => (Word(bytes, at), Word(bytes, at + 4));

    private static uint Word(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
}
