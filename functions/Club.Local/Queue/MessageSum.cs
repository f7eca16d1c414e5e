using System.Numerics;
using System.Runtime.InteropServices;
using Club.Sqlite;

namespace Club.Local.Queue;

/// <summary>
/// A row's own checksum. A message's holds what never changes, plus the number of its deliveries: so a delivery is counted by adding to both, without reading the row, and
/// a row that was damaged before stays so.
/// </summary>
internal static class MessageSum
{
    public static long OfMessage(long queue, string messageId, string body, string? sentWith, long enqueued, long deliveries) =>
        Of(queue, messageId, body, sentWith, enqueued) + deliveries;

    public static long OfScheduled(long queue, string messageId, string body, string? sentWith, long due) => Of(queue, messageId, body, sentWith, due);

    public static long OfDead(long queue, string messageId, string body, string? sentWith, long enqueued, long deliveries, long died, string reason) =>
        Add(BitOperations.Crc32C(BitOperations.Crc32C(Of(queue, messageId, body, sentWith, enqueued), (ulong)deliveries), (ulong)died), reason);

    private static uint Of(long queue, string messageId, string body, string? sentWith, long moment)
    {
        var sum = BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, (ulong)queue), (ulong)moment);
        sum = Add(Add(sum, messageId), body);
        return sentWith is null ? BitOperations.Crc32C(sum, uint.MaxValue) : Add(sum, sentWith);
    }

    private static uint Add(uint sum, string text) => Checksum.Add(sum, MemoryMarshal.AsBytes(text.AsSpan()));
}
