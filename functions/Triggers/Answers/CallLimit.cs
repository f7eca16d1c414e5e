using System.Globalization;
using System.Threading.RateLimiting;
using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Triggers;

/// <summary>So many calls a second for each of those who call, some of them saved up. Whoever calls has one of a fixed number of places,
/// which she may share with others: however many come, no more is kept.</summary>
internal sealed class CallLimit : IDisposable
{
    /// <summary>A power of two. Some 300 bytes each, and only while somebody is there.</summary>
    internal const int Places = 1 << 14;

    /// <summary>The place of one who shares it with nobody.</summary>
    public const int Own = -1;

    private readonly PartitionedRateLimiter<int> _limiter;
    private readonly int _perSecond, _quota;
    private readonly string _name, _policy;

    private CallLimit(string name, int perSecond, int seconds)
    {
        (_name, _perSecond) = (name, perSecond);
        _quota = (int)Math.Min(int.MaxValue, (long)perSecond * seconds);
        _policy = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={_quota};w={seconds}");
        _limiter = PartitionedRateLimiter.Create<int, int>(place => RateLimitPartition.GetTokenBucketLimiter(place,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = _quota, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }));
    }

    /// <returns>Null: there is none.</returns>
    public static CallLimit? Of(string name, int perSecond, int seconds) => perSecond == 0 ? null : new(name, perSecond, seconds);

    public static int Place(int hash) => hash & (Places - 1);

    /// <summary>Null when the call may go on; otherwise the answer. Either tells what is left.</summary>
    public IResult? Take(int place, HttpContext context)
    {
        using var permit = _limiter.AttemptAcquire(place);
        var left = (int)(_limiter.GetStatistics(place)?.CurrentAvailablePermits ?? 0);
        var full = (_quota - left + _perSecond - 1) / _perSecond;
        context.Features.Set(new ToldLimit(_policy, string.Create(CultureInfo.InvariantCulture, $"\"{_name}\";r={left};t={full}")));
        if (permit.IsAcquired) return null;
        var wait = permit.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        Telemetry.Refusals.Add(1, new KeyValuePair<string, object?>("code", "too-many-calls"));
        return Http.Problem(new Problem("too-many-calls",
            $"More calls came than {_perSecond} a second. Try again after {wait} s.") { Kind = ProblemKind.Busy });
    }

    public void Dispose() => _limiter.Dispose();
}

/// <summary>What an answer tells of the limit that its call was counted by: the headers of draft-ietf-httpapi-ratelimit-headers.</summary>
internal sealed record ToldLimit(string Policy, string Left);
