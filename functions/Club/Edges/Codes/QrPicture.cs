using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Club.Kernel;
using QRCoder;

namespace Club.Edges;

/// <summary>A QR code 二维码 as a picture: black on white with its quiet zone (ISO/IEC 18004), whatever the page around it
/// looks like.</summary>
/// <param name="Tag">Another for other content.</param>
public sealed record QrPicture(ReadOnlyMemory<byte> Content, string ContentType, string Tag)
{
    /// <summary>Pixels of a module: a card is about 300 pixels wide.</summary>
    private const int PixelsPerModule = 10;

    /// <summary>What pictures of an older release were like is not taken for this one's.</summary>
    private const string Look = "1";

    /// <param name="format"><c>png</c> or <c>svg</c>; null for any other.</param>
    public static QrPicture? Of(string text, string format)
    {
        if (format is not ("png" or "svg")) return null;
        var tag = Ids.Base64Url(SHA256.HashData(Encoding.UTF8.GetBytes($"{Look}\n{format}\n{text}")))[..22];
        using var code = Code(text);
        if (format == "svg") return new QrPicture(Encoding.UTF8.GetBytes(Svg(code)), "image/svg+xml", tag);
        using var png = new PngByteQRCode(code);
        return new QrPicture(png.GetGraphic(PixelsPerModule), "image/png", tag);
    }

    /// <summary>The same to stand in a page.</summary>
    public static string Svg(string text)
    {
        using var code = Code(text);
        return Svg(code);
    }

    /// <summary>Up to 15 % of it may be dirty or torn.</summary>
    private static QRCodeData Code(string text) => QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);

    private static string Svg(QRCodeData code)
    {
        var (size, path) = (code.ModuleMatrix.Count, new StringBuilder());
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
            {
                if (!code.ModuleMatrix[y][x]) continue;
                var from = x;
                while (x < size && code.ModuleMatrix[y][x]) x++;
                path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
            }
        return string.Create(CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size * 6}" height="{size * 6}" shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/><path fill="#000" d="{path}"/></svg>""");
    }
}
