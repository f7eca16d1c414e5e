namespace Functions.Local.Cli;

/// <summary>
/// Whether a file is UTF-8, found out before anything of it is sent: one line in another encoding says that the whole file was written in
/// it, and half a file booked is worse than none.
/// </summary>
internal static class FileEncoding
{
    /// <summary>A sentence that names the line, or null when the file may be sent. The stream is at its beginning again.</summary>
    public static string? Fault(Stream stream)
    {
        if (Marked(stream) is { } encoding)
            return $"Line 1: the file is {encoding}, not UTF-8. Nothing was sent; save it as UTF-8 and send it again.";
        var (first, more) = (default(ByteLine?), 0);
        foreach (var line in ByteLines.Read(stream).Where(line => line.Column is not null))
        {
            if (first is null) first = line;
            else more++;
        }

        stream.Position = 0;
        return first is { } wrong
            ? $"Line {wrong.Number} is not UTF-8 (byte {wrong.Column}){(more == 0 ? "" : $", nor are {more} more lines")}. Nothing was sent; save the file as UTF-8 and send it again."
            : null;
    }

    /// <summary>What the mark at the beginning says, or the zeros that texts in UTF-16 are full of.</summary>
    private static string? Marked(Stream stream)
    {
        var start = new byte[4];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return start.AsSpan(0, length) switch
        {
            [0xFF, 0xFE, 0, 0] or [0, 0, 0xFE, 0xFF] or [_, 0, 0, 0] or [0, 0, 0, _] => "UTF-32",
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [_, 0, _, 0] or [0, _, 0, _] => "UTF-16",
            _ => null,
        };
    }
}
