using System.Buffers;
using System.Text.Json;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>A programme together with the JSON that it was read from, which is what is published, compared and shown again.</summary>
public sealed record ProgrammeText(Programme Programme, JsonElement Json)
{
    /// <summary>What a published programme may have, in bytes of UTF-8 without white space: a commit of Cosmos DB takes 2 MB, and it holds
    /// more than the programme.</summary>
    public const int MostBytes = 1 << 20;

    // The store wraps the programme once or twice and reads 64 levels.
    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = 60 };

    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    /// <exception cref="ProgrammeException">Lists every error with its JSON path.</exception>
    public static ProgrammeText Read(ReadOnlyMemory<byte> json, string what = "The programme")
    {
        var programme = ProgrammeReader.Read(json, what);
        try
        {
            if (json.Span.StartsWith("\uFEFF"u8)) json = json[3..];
            using var document = JsonDocument.Parse(json, Depth);
            return new ProgrammeText(programme, document.RootElement.Clone());
        }
        catch (JsonException)
        {
            throw new ProgrammeException([new ProgrammeError("$", "is nested more than 60 levels deep.")], what);
        }
    }

    /// <summary>Reads a programme that may have errors.</summary>
    public static (ProgrammeText? Text, IReadOnlyList<ProgrammeError> Errors) TryRead(JsonElement json)
    {
        try
        {
            return (Read(ToUtf8(json)), []);
        }
        catch (ProgrammeException exception)
        {
            return (null, exception.Errors);
        }
    }

    /// <summary>The same JSON without white space.</summary>
    /// <exception cref="InvalidOperationException">A text is not whole Unicode.</exception>
    public static ReadOnlyMemory<byte> ToUtf8(JsonElement json)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ClubJson.Options.Encoder })) json.WriteTo(writer);
        return buffer.WrittenMemory;
    }
}
