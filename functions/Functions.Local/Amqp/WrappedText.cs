using System.Runtime.Serialization;
using System.Xml;

namespace Functions.Local.Amqp;

/// <summary>
/// A string as the first Service Bus clients of .NET wrapped it: serialised by DataContract into binary XML. The Service Bus trigger of
/// Azure Functions unwraps it when the bytes are no UTF-8, and so does this host.
/// </summary>
internal static class WrappedText
{
    private static readonly DataContractSerializer Serializer = new(typeof(string));

    /// <summary>Null when it is no such string.</summary>
    public static string? Read(ReadOnlyMemory<byte> bytes)
    {
        // Binary XML begins with an element; whatever else is no text is not worth a reader.
        if (bytes.Length < 2 || bytes.Span[0] is not (0x40 or 0x41)) return null;
        try
        {
            using var reader = XmlDictionaryReader.CreateBinaryReader(bytes.ToArray(), new XmlDictionaryReaderQuotas
            {
                MaxDepth = 4, MaxStringContentLength = QueueContainer.LargestMessage, MaxBytesPerRead = QueueContainer.LargestMessage,
            });
            return Serializer.ReadObject(reader) as string;
        }
        catch (Exception e) when (e
            is SerializationException or XmlException or ArgumentException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
