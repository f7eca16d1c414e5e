using System.Buffers;

namespace Club.Messaging;

public enum SmsEncoding { Gsm7, Ucs2 }

/// <param name="Units">Septets in GSM-7, where an escaped character has two; UTF-16 units in UCS-2, where an emoji has two or more.</param>
/// <param name="Segments">How many messages the carrier sends and charges for.</param>
public readonly record struct SmsSize(SmsEncoding Encoding, int Units, int Segments);

/// <summary>
/// How long a text is on the air. A message has 140 bytes: 160 septets or 70 UTF-16 units, of which a part of a longer one
/// keeps 153 or 67 (3GPP TS 23.038, 23.040). An escaped character or a surrogate pair is never split between parts.
/// </summary>
public static class SmsText
{
    private const string Escaped = "\f^{}\\[~]|€";

    private static readonly SearchValues<char> Gsm7 = SearchValues.Create(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
        "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà" + Escaped);

    public static SmsSize Measure(string text)
    {
        var gsm = !text.AsSpan().ContainsAnyExcept(Gsm7);
        var (single, part) = gsm ? (160, 153) : (70, 67);
        int units = 0, segments = 1, used = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var width = WidthAt(text, ref i, gsm);
            units += width;
            if (used + width > part) (segments, used) = (segments + 1, 0);
            used += width;
        }
        return new(gsm ? SmsEncoding.Gsm7 : SmsEncoding.Ucs2, units, text.Length == 0 ? 0 : units <= single ? 1 : segments);
    }

    private static int WidthAt(string text, ref int i, bool gsm)
    {
        if (gsm) return Escaped.Contains(text[i], StringComparison.Ordinal) ? 2 : 1;
        if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return 1;
        i++;
        return 2;
    }
}
