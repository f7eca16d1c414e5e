using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;

namespace Club.Store;

/// <summary>How documents are written: by the serializers that each feature generates for its own.</summary>
internal static class DocumentJson
{
    [ThreadStatic] private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _scratch;

    /// <summary>By the generated writer, which the options' encoder would switch off: Chinese stays readable in the store.</summary>
    public static byte[] ToUtf8<T>(T value, JsonTypeInfo<T> type)
    {
        var (buffer, writer) = _scratch ??= NewScratch();
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        type.SerializeHandler!(writer, value);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) NewScratch()
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        return (buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ClubJson.Options.Encoder, SkipValidation = true }));
    }
}
