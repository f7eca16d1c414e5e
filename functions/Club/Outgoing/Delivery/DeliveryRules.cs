using Club.Kernel;

namespace Club.Outgoing;

/// <summary>When what was not taken is sent again, and when it is given up. Pure.</summary>
public static class DeliveryRules
{
    /// <summary>How long an event is tried.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(72);

    /// <summary>After so long without anything taken a subscription is disabled.</summary>
    public static readonly TimeSpan FailingTooLong = TimeSpan.FromDays(3);

    /// <summary>So many failures in a row, whoever the members are, and the receiver is given a rest.</summary>
    public const int Rest = 20;

    /// <summary>The longest rest that a receiver may ask for.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(12),
    ];

    private static readonly TimeSpan[] Rests = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(5)];

    public static bool IsTaken(int status) => status is >= 200 and <= 299;

    /// <summary>Whether the receiver says that nothing more shall come.</summary>
    public static bool IsGone(int status) => status == 410;

    /// <param name="attempts">How often the event was sent, 1 and more.</param>
    /// <returns>When it is sent again; null: never.</returns>
    public static DateTimeOffset? Next(string eventId, int attempts, DateTimeOffset firstAt, DateTimeOffset now)
    {
        var end = firstAt + Patience;
        if (now >= end) return null;
        var step = Steps[Math.Min(attempts, Steps.Length) - 1];
        // Up to a fifth later, so that what failed together does not come back together.
        var next = now + step + step * (Ids.Hash($"{eventId}:{attempts}") % 200 / 1000.0);
        return next < end ? next : end;
    }

    /// <summary>How long nothing is sent at all.</summary>
    /// <param name="pauses">How often in a row it came to that, this time included.</param>
    /// <param name="asked">What the receiver asked for.</param>
    public static TimeSpan Pause(int pauses, TimeSpan? asked)
    {
        var rest = Rests[Math.Min(pauses, Rests.Length) - 1];
        return asked is not { } wish || wish <= rest ? rest : wish < LongestRest ? wish : LongestRest;
    }

    public static bool IsFailingTooLong(DateTimeOffset? failingSince, DateTimeOffset now) => failingSince + FailingTooLong <= now;
}
