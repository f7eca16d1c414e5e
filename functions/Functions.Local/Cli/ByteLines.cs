namespace Functions.Local.Cli;

/// <summary>A line as it stands in the file, without its end.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Column">Of the first byte that is not UTF-8, counted from 1; null when all is.</param>
internal readonly record struct ByteLine(int Number, ReadOnlyMemory<byte> Bytes, int? Column, bool IsTooLong);

/// <summary>
/// Cuts a stream of bytes into lines before anything is decoded: a decoder that replaces what it cannot read would hide that a file is not
/// UTF-8. A line break is one byte in UTF-8 and no part of any other character.
/// </summary>
internal static class ByteLines
{
    /// <summary>Far above the largest event; of a longer line only its beginning is kept.</summary>
    private const int Longest = 1024 * 1024;

    private static readonly System.Text.UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IEnumerable<ByteLine> Read(Stream stream)
    {
        var (line, chunk, number, tooLong) = (new MemoryStream(), new byte[64 * 1024], 1, false);
        for (int read; (read = stream.Read(chunk)) > 0;)
        {
            var from = 0;
            for (int end; (end = Array.IndexOf(chunk, (byte)'\n', from, read - from)) >= 0; from = end + 1)
            {
                tooLong |= !Keep(line, chunk.AsSpan(from..end));
                yield return Line(number++, line, tooLong);
                (line, tooLong) = (new MemoryStream(), false);
            }

            tooLong |= !Keep(line, chunk.AsSpan(from..read));
        }

        if (line.Length > 0) yield return Line(number, line, tooLong);
    }

    /// <summary>The text of a line that is UTF-8.</summary>
    public static string Text(ByteLine line) => Strict.GetString(line.Bytes.Span);

    private static bool Keep(MemoryStream line, ReadOnlySpan<byte> bytes)
    {
        var room = Math.Min(bytes.Length, Longest - (int)line.Length);
        line.Write(bytes[..room]);
        return room == bytes.Length;
    }

    private static ByteLine Line(int number, MemoryStream line, bool tooLong)
    {
        var bytes = line.GetBuffer().AsMemory(0, (int)line.Length);
        if (!bytes.IsEmpty && bytes.Span[^1] == '\r') bytes = bytes[..^1];
        if (number == 1 && bytes.Span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        return new(number, bytes, tooLong ? null : FirstFault(bytes.Span), tooLong);
    }

    private static int? FirstFault(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes)) return null;
        var at = 0;
        while (System.Text.Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == System.Buffers.OperationStatus.Done) at += length;
        return at + 1;
    }
}
