using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Club.Access;
using Club.Desk.Frame;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Club.Desk.Door;

/// <summary>Keeps at the browser, sealed, what a sign-in at the issuer must come back with: any host of the club opens it, nobody
/// else does. One at a time, for ten minutes, good once.</summary>
public sealed class SignInCookie(IOptions<ClubOptions> options, TimeProvider time)
{
    public const string Name = "club-console-sign-in";
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Characters that a browser keeps in one cookie, name and attributes included.</summary>
    private const int MostCharacters = 3900;

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.Value.LookupKey), 32,
        info: "console sign-in"u8.ToArray());

    /// <param name="back">Where she wanted to go.</param>
    public void Keep(HttpContext context, IssuerVisit visit, string back)
    {
        var sealedText = Seal(visit, back);
        if (sealedText.Length > MostCharacters) sealedText = Seal(visit, Visit.Base);
        var cookie = Options(context);
        cookie.MaxAge = Life;
        context.Response.Cookies.Append(Name, sealedText, cookie);
    }

    /// <summary>What was kept, and is no longer.</summary>
    public (IssuerVisit Visit, string Back)? Take(HttpContext context)
    {
        if (context.Request.Cookies[Name] is not { Length: > 0 and <= MostCharacters } text) return null;
        context.Response.Cookies.Delete(Name, Options(context));
        return Open(text) is [var ends, var state, var nonce, var verifier, var returnTo, var back]
            && long.TryParse(ends, CultureInfo.InvariantCulture, out var second) && time.GetUtcNow().ToUnixTimeSeconds() < second
            ? (new IssuerVisit(state, nonce, verifier, returnTo), Doorman.Back(back)) : null;
    }

    private string Seal(IssuerVisit visit, string back)
    {
        var ends = (time.GetUtcNow() + Life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var plain = Encoding.UTF8.GetBytes(string.Join('\n', ends, visit.State, visit.Nonce, visit.Verifier, visit.ReturnTo, back));
        var box = new byte[NonceLength + plain.Length + TagLength];
        var (nonce, content, tag) = Parts(box);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(nonce.Span, plain, content.Span, tag.Span);
        return Ids.Base64Url(box);
    }

    private string[]? Open(string text)
    {
        try
        {
            var box = System.Buffers.Text.Base64Url.DecodeFromChars(text);
            if (box.Length < NonceLength + TagLength) return null;
            var (nonce, content, tag) = Parts(box);
            var plain = new byte[content.Length];
            using var aes = new AesGcm(_key, TagLength);
            aes.Decrypt(nonce.Span, content.Span, tag.Span, plain);
            return Encoding.UTF8.GetString(plain).Split('\n');
        }
        catch (Exception odd) when (odd is FormatException or AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static (Memory<byte> Nonce, Memory<byte> Content, Memory<byte> Tag) Parts(byte[] box) =>
        (box.AsMemory(0, NonceLength), box.AsMemory(NonceLength..^TagLength), box.AsMemory(box.Length - TagLength));

    /// <summary>Lax: the issuer's answer is a link of another site.</summary>
    private static CookieOptions Options(HttpContext context)
    {
        var cookie = Session.Options(context);
        cookie.Path = $"{Visit.Base}/sign-in";
        return cookie;
    }
}
