using System.Net;
using System.Text.RegularExpressions;
using Club.Kernel;

namespace Club.Outgoing;

/// <summary>Where events are to go, and which.</summary>
public sealed partial record SubscriptionRequest(string Url, IReadOnlyList<string> Types)
{
    private const int LongestUrl = 1000, MostTypes = 50;

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
    private static partial Regex Name();

    /// <summary>Whether a subscription can have this id.</summary>
    public static bool IsId(string id) => Name().IsMatch(id);

    public static Outcome<SubscriptionRequest> Read(JsonFields body)
    {
        var url = body.Text("url", maximum: LongestUrl);
        string[] types = body.Has("types") ? [.. body.Texts("types")] : [];
        if (!body.Has("types")) body.Fail("types", "is missing", "missing-data");
        else if (types.Length is 0 or > MostTypes) body.Fail("types", $"1 to {MostTypes} types are expected");
        else if (types.Select(EventTypes.Unknown).FirstOrDefault(unknown => unknown is not null) is { } unknown) body.Fail("types", unknown);
        return body.Problem is { } problem ? problem : new SubscriptionRequest(url!, [.. types.Distinct()]);
    }

    /// <summary>What is wrong with the address; null: nothing. Where the name leads is looked at with every connection.</summary>
    public Problem? Unfit(bool maybePrivate)
    {
        if (Url.Any(character => character <= ' ' || char.IsControl(character))) return Wrong("an address has no spaces and no line breaks");
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")) return Wrong("an https address is expected");
        if (url.Scheme == "http" && !maybePrivate) return Wrong("https is expected: events go over no open line");
        if (url.UserInfo.Length > 0) return Wrong("an address with a user or a password is not taken");
        if (url.Fragment.Length > 0) return Wrong("an address has no fragment");
        if (maybePrivate) return null;
        var host = url.IdnHost.TrimEnd('.');
        var isOwn = IPAddress.TryParse(host.Trim('[', ']'), out var address) ? !PublicAddresses.Contains(address)
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        return isOwn ? Wrong("an address of the private network is not taken") : null;
    }

    private static Problem Wrong(string why) => new("invalid-data", $"$.url: {why}.", "$.url");
}

/// <summary>From when on events are sent again.</summary>
public static class ReplayRequest
{
    public static Outcome<DateTimeOffset> Read(JsonFields body) =>
        body.Moment("from") is { } from ? from.ToUniversalTime() : body.Problem!;
}
