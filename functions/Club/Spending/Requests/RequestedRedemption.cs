using System.Globalization;
using Club.Kernel;
using Club.Transactions;

namespace Club.Spending;

/// <summary>A redemption that a partner's till asks for over the queue.</summary>
public sealed record RequestedRedemption(string Source, string Id, string Raw, MemberReference Member, RedemptionRequest Request)
    : Asked(EventType, Source, Id, Raw)
{
    public const string EventType = "club.redemption.requested";

    public override (DealerId Id, string Path)? Dealer =>
        Request.For.DealerId is { } dealer ? (dealer, "$.data.for.dealerId") : null;

    /// <inheritdoc/>
    /// <remarks>Not whom it is for: the same member may be named in another way.</remarks>
    public override string ContentHash { get; } = Ids.Derived("", "redemption", Request.Wallet, Text(Request.Points.Hundredths),
        $"{Request.For.Kind}", Text(Request.For.Amount.Fen), Request.For.DealerId, Request.For.Partner, Request.For.Reference,
        $"{Request.Hold}");

    /// <returns>Null when something is wrong, which <paramref name="data"/> tells.</returns>
    public static RequestedRedemption? Read(JsonFields data, string source, string id, string raw)
    {
        var member = data.Child("member") is { } who ? MemberReader.Read(who) : default;
        var request = RedemptionRequest.Read(data);
        return data.Problem is null ? new RequestedRedemption(source, id, raw, member, request.Value) : null;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
