using System.Numerics;
using System.Runtime.InteropServices;
using Sqlite.Integrity;

namespace Functions.Local.Queue;

/// <summary>
/// A row's own checksum. A message's holds what never changes, plus the number of its deliveries: so a delivery is counted by adding to
/// both, without reading the row, and a row that was damaged before stays so.
/// </summary>
internal static class MessageSum
{
    public static long OfMessage(long queue, string messageId, string body, string? sentWith, long enqueued, long deliveries) =>
        unchecked(Of(queue, messageId, body, sentWith, enqueued) + deliveries);

    public static long OfScheduled(long queue, string messageId, string body, string? sentWith, long due) =>
        Of(queue, messageId, body, sentWith, due);

    public static long OfDead(long queue, string messageId, string body, string? sentWith, long enqueued, long deliveries, long died,
        string reason) =>
        Add(Add(Add(Of(queue, messageId, body, sentWith, enqueued), deliveries), died), reason);

    private static uint Of(long queue, string messageId, string body, string? sentWith, long moment)
    {
        var sum = Add(Add(Add(Add(uint.MaxValue, queue), moment), messageId), body);
        return sentWith is null ? BitOperations.Crc32C(sum, uint.MaxValue) : Add(sum, sentWith);
    }

    /// <summary>Whatever the number: one that was damaged may be negative.</summary>
    private static uint Add(uint sum, long number) => BitOperations.Crc32C(sum, unchecked((ulong)number));

    private static uint Add(uint sum, string text) => Checksum.Add(sum, MemoryMarshal.AsBytes(text.AsSpan()));
}
