using Club.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Club.Triggers;

/// <summary>Who may call how much: whoever proves who she is, as such; whoever need not, or does not, by where she calls from.</summary>
internal sealed class CallLimits(IOptions<CallLimitOptions> options) : IDisposable
{
    private readonly int _proxies = options.Value.Proxies;
    private readonly CallLimit? _callers = CallLimit.Of("caller", options.Value.PerCaller, options.Value.Seconds);
    private readonly CallLimit? _addresses = CallLimit.Of("address", options.Value.PerAddress, options.Value.Seconds);
    private readonly CallLimit? _wrong = CallLimit.Of("unproven", options.Value.WrongPerAddress, options.Value.Seconds);

    /// <summary>One call of somebody known. The operator shares her place with nobody.</summary>
    /// <returns>Null when it may go on.</returns>
    public IResult? Take(Caller caller, HttpContext context) => _callers?.Take(
        caller.Subject is { } subject ? CallLimit.Place(subject.GetHashCode(StringComparison.Ordinal)) : CallLimit.Own, context);

    /// <summary>One call to what is open to anybody.</summary>
    /// <returns>Null when it may go on.</returns>
    public IResult? TakeOpen(HttpContext context) => _addresses?.Take(PlaceOf(context), context);

    /// <summary>One call that proved nothing. It is counted once it has failed, so whoever proves who she is is never refused for others
    /// at her address.</summary>
    /// <returns>Null when it may be told why; otherwise the answer in its place.</returns>
    public IResult? TakeUnproven(HttpContext context) => _wrong?.Take(PlaceOf(context), context);

    private int PlaceOf(HttpContext context) => CallLimit.Place(ClientAddress.Hash(ClientAddress.Of(context, _proxies)));

    public void Dispose()
    {
        _callers?.Dispose();
        _addresses?.Dispose();
        _wrong?.Dispose();
    }
}
