using System.Collections.Frozen;
using System.Security.Cryptography;
using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Frame;

/// <summary>Style, script and icon, from the assembly. Their addresses hold a digest of what they are, so they are kept for a
/// year.</summary>
public static class DeskAssets
{
    private static readonly Dictionary<string, string> Types = new()
    {
        [".css"] = "text/css; charset=utf-8", [".js"] = "text/javascript; charset=utf-8", [".svg"] = "image/svg+xml",
    };

    private static readonly FrozenDictionary<string, Asset> All = Load();
    private static readonly FrozenDictionary<string, Asset> ByAddress =
        All.Values.ToFrozenDictionary(asset => asset.Named, StringComparer.Ordinal);

    /// <summary>Where an asset lies.</summary>
    public static string At(string name) => $"{Visit.Base}/assets/{All[name].Named}";

    /// <summary>The bytes of all of them.</summary>
    public static int Weight => All.Values.Sum(asset => asset.Bytes.Length);

    public static IResult Answer(string name) => ByAddress.TryGetValue(name, out var asset) ? new Served(asset) : Results.NotFound();

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = typeof(DeskAssets).Assembly;
        var assets = new Dictionary<string, Asset>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => Types.ContainsKey(Path.GetExtension(name))))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var digest = Ids.Base64Url(SHA256.HashData(bytes).AsSpan(0, 9));
            var type = Path.GetExtension(name);
            assets[name] = new Asset($"{Path.GetFileNameWithoutExtension(name)}.{digest}{type}", Types[type], bytes);
        }
        return assets.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private sealed record Asset(string Named, string Type, byte[] Bytes);

    private sealed class Served(Asset asset) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            PageHeaders.Add(response.Headers);
            response.Headers.CacheControl = "public, max-age=31536000, immutable";
            (response.ContentType, response.ContentLength) = (asset.Type, asset.Bytes.Length);
            await response.Body.WriteAsync(asset.Bytes, httpContext.RequestAborted);
        }
    }
}
