using System.Security.Cryptography;
using System.Text;

namespace Functions.Local.Http;

/// <summary>The key of staff calls, in the header <c>x-functions-key</c> or the query's <c>code</c>, compared in constant time.</summary>
/// <param name="key">Two, parted by a comma, while one is being changed.</param>
/// <param name="refused">Called once for every call that is refused; what it returns is the answer in place of 401.</param>
internal sealed class FunctionsKey(string key, Func<HttpContext, IResult?> refused)
{
    private readonly byte[][] _digests =
        [.. key.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Digest)];

    public bool Admits(HttpRequest request)
    {
        var given = request.Headers["x-functions-key"] is [{ } header] ? header : request.Query["code"] is [{ } code] ? code : null;
        if (given is null) return false;
        var (digest, isOne) = (Digest(given), false);
        foreach (var known in _digests) isOne |= CryptographicOperations.FixedTimeEquals(digest, known);
        return isOne;
    }

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public Task Refuse(HttpContext context)
    {
        if (refused(context) is { } otherwise) return otherwise.ExecuteAsync(context);
        return HttpProblem.Write(context, StatusCodes.Status401Unauthorized, "unauthorized",
            "This call needs the header x-functions-key with the staff key.");
    }
}
