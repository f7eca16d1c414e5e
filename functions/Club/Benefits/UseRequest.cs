using System.Text.RegularExpressions;
using Club.Kernel;

namespace Club.Benefits;

/// <param name="Key">The caller's idempotency key; it is part of an address when the use is taken back.</param>
/// <param name="DealerId">Where it was used, if at a dealer.</param>
public sealed partial record UseRequest(string Key, DealerId? DealerId)
{
    public static Outcome<UseRequest> Read(JsonFields body)
    {
        var (key, dealerId) = (body.Text("key"), body.Id<DealerId>("dealerId", required: false));
        if (key is not null && !KeyPattern().IsMatch(key)) body.Fail("key", "1 to 64 letters, digits, '.', '_', ':' and '-' are expected");
        return body.Problem is { } problem ? problem : new UseRequest(key!, dealerId);
    }

    [GeneratedRegex("^[A-Za-z0-9._:-]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyPattern();
}
