using System.Security.Cryptography;
using System.Text;

namespace Functions.Local.Http;

/// <summary>The key of staff calls, in the header <c>x-functions-key</c> or the query's <c>code</c>, compared in constant time.</summary>
/// <param name="refused">Called once for every call that is refused.</param>
internal sealed class FunctionsKey(string key, Action refused)
{
    private readonly byte[] _digest = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public bool Admits(HttpRequest request)
    {
        var given = request.Headers["x-functions-key"] is [{ } header] ? header : request.Query["code"] is [{ } code] ? code : null;
        return given is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _digest);
    }

    public Task Refuse(HttpContext context)
    {
        refused();
        return HttpProblem.Write(context, StatusCodes.Status401Unauthorized, "unauthorized",
            "This call needs the header x-functions-key with the staff key.");
    }
}
