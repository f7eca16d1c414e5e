using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Club.Identity;
using Club.Kernel;
using Club.Sqlite;
using Club.Store;
using Functions.Local.Hosting;

namespace Club.Local;

/// <summary>
/// A clock that is far from the newest record is a mistake: ahead of it, the first sweep lapses points for good; behind it, times of the
/// ledger run backwards. The host does not start then, unless it is told to accept the clock.
/// </summary>
public static partial class ClockJump
{
    /// <summary>Nobody wrote for more than a year.</summary>
    public const int MostDaysAhead = 400;

    /// <summary>A moment that somebody typed may be further away, to see points lapse; ten years are a slip.</summary>
    public const int MostTypedDaysAhead = 3 * 366;

    /// <summary>A clock that is set back a little, or the same moment typed again.</summary>
    public const int MostDaysBehind = 1;

    private const int Looked = 500;

    /// <exception cref="StartException">The clock is too far from the newest record.</exception>
    public static async Task Check(IServiceProvider services, bool typed)
    {
        DateTimeOffset? newest;
        try
        {
            newest = await Newest(services.GetRequiredService<SqliteClubStore>(), services.GetRequiredService<SealedStore>());
        }
        catch (StoreException exception)
        {
            throw new StartException(exception.Message, exception);
        }
        if (Refuse(newest, services.GetRequiredService<ClubCalendar>().Now, typed) is { } sentence) throw new StartException(sentence);
    }

    /// <returns>Why the host must not start; null when it may.</returns>
    public static string? Refuse(DateTimeOffset? newest, DateTimeOffset now, bool typed)
    {
        if (newest is not { } record) return null;
        var told = $"The clock says {Moment(now)}, and the newest record is of {Moment(record.ToOffset(now.Offset))}: ";
        if (now > record.AddDays(typed ? MostTypedDaysAhead : MostDaysAhead))
            return told + "points would lapse for good. If that is the time, start with --accept-clock.";
        return now < record.AddDays(-MostDaysBehind)
            ? told + "the ledger would run backwards. If that is the time, start with --accept-clock."
            : null;
    }

    /// <summary>When the newest documents were written, as they say themselves.</summary>
    private static async Task<DateTimeOffset?> Newest(SqliteClubStore file, SealedStore store)
    {
        DateTimeOffset? newest = null;
        foreach (var document in await store.Open(file.Newest(Looked), CancellationToken.None))
            foreach (var moment in Moments(document.Json.Span))
                if (!(newest >= moment)) newest = moment;
        return newest;
    }

    private static List<DateTimeOffset> Moments(ReadOnlySpan<byte> json)
    {
        var moments = new List<DateTimeOffset>();
        foreach (Match match in Written().Matches(Encoding.UTF8.GetString(json)))
            if (Rfc3339.TryParse(match.Groups[1].Value, out var moment)) moments.Add(moment);
        return moments;
    }

    private static string Moment(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The members that hold the club's own time; what happened elsewhere has others.</summary>
    [GeneratedRegex("""(?<=[{,])"(?:recordedAt|joinedAt|plannedAt|receivedAt|sentAt)":"([^"\\]{1,40})["]""", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
