using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Club.Kernel;

/// <summary>
/// Escapes in JSON texts what must be escaped and nothing else, as RFC 8785 (section 3.2.2.2) and ECMAScript's JSON.stringify do: <c>"</c>,
/// <c>\</c> and U+0000 to U+001F. The encoders of .NET escape more, and what they do depends on the Unicode version of the runtime: a hash
/// over that could be made again neither in another language nor after an upgrade.
/// </summary>
internal sealed class PlainJsonEncoder : JavaScriptEncoder
{
    private static readonly SearchValues<char> Looked =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\', .. Enumerable.Range(0xD800, 0x800)
            .Select(code => (char)code)]);

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var all = new ReadOnlySpan<char>(text, textLength);
        for (var from = 0; ;)
        {
            var at = all[from..].IndexOfAny(Looked);
            if (at < 0) return -1;
            from += at;
            // A pair stays as it is; half a pair is no character and is replaced.
            if (from + 1 >= textLength || !char.IsSurrogatePair(all[from], all[from + 1])) return from;
            from += 2;
        }
    }

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        Span<char> escaped = stackalloc char[6];
        var length = Escape(unicodeScalar, escaped);
        numberOfCharactersWritten = 0;
        if (!escaped[..length].TryCopyTo(new Span<char>(buffer, bufferLength))) return false;
        numberOfCharactersWritten = length;
        return true;
    }

    private static int Escape(int scalar, Span<char> into)
    {
        into[0] = '\\';
        switch (scalar)
        {
            case '"' or '\\': into[1] = (char)scalar; return 2;
            case '\b': into[1] = 'b'; return 2;
            case '\t': into[1] = 't'; return 2;
            case '\n': into[1] = 'n'; return 2;
            case '\f': into[1] = 'f'; return 2;
            case '\r': into[1] = 'r'; return 2;
            case < 0x20:
                into[1] = 'u'; into[2] = '0'; into[3] = '0';
                into[4] = scalar < 0x10 ? '0' : '1';
                into[5] = "0123456789abcdef"[scalar & 15];
                return 6;
            default: return new Rune(scalar).EncodeToUtf16(into);
        }
    }
}
