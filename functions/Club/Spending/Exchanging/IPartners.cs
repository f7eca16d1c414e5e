using System.Text.Json.Serialization;
using Club.Kernel;

namespace Club.Spending;

/// <summary>Which way points are exchanged 积分互换.</summary>
[JsonConverter(typeof(CamelCaseEnum<ExchangeDirection>))]
public enum ExchangeDirection
{
    /// <summary>The club's points become the partner's.</summary>
    Out,

    /// <summary>The partner's become the club's.</summary>
    In,
}

/// <summary>Who the partners are, and at what rates they exchange. A port of what was agreed with partners, which is above this
/// room.</summary>
public interface IPartners
{
    /// <param name="path">Where the caller named him.</param>
    /// <returns>Null when he is known: whoever takes points is paid for them, so nobody takes any under a name that was mistyped.
    /// Problem <c>invalid-data</c>.</returns>
    Task<Problem?> Unknown(string partner, string path, CancellationToken cancellation);

    /// <returns>How many of the other's points one point becomes on that day. Problems: <c>invalid-data</c> for a partner who is not known,
    /// <c>not-offered</c> where nothing is agreed for the day.</returns>
    Task<Outcome<decimal>> Rate(string partner, ExchangeDirection direction, DateOnly on, CancellationToken cancellation);
}
