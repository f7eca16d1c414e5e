using Club.Kernel;
using Club.Store;
using Microsoft.Extensions.Logging;

namespace Club.Proof;

/// <summary>Makes the day's root once the night's first hour is over: until then bills of the day before come in. What goes wrong is
/// logged, and tried again with the next timer.</summary>
public sealed partial class RootJob(RootMaker maker, ClubCalendar calendar, ILogger<RootJob> logger) : IJob
{
    public const string Word = "root";

    private const int FirstHour = 1;

    public string Name => Word;

    public async Task<bool> Run(CancellationToken cancellation)
    {
        if (calendar.Now.Hour < FirstHour) return true;
        try
        {
            await maker.Make(cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            Log.Failed(logger, fault);
        }
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Today's root could not be made.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
