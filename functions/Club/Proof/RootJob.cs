using Club.Kernel;
using Club.Store;

namespace Club.Proof;

/// <summary>Makes the day's root once the night's first hour is over: until then bills of the day before come in.</summary>
public sealed class RootJob(RootMaker maker, ClubCalendar calendar) : IJob
{
    public const string Word = "root";

    private const int FirstHour = 1;

    public string Name => Word;

    public async Task<bool> Run(CancellationToken cancellation)
    {
        if (calendar.Now.Hour >= FirstHour) await maker.Make(cancellation);
        return true;
    }
}
