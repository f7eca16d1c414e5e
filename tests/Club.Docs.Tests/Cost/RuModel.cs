namespace Club.Docs.Tests.Cost;

/// <summary>
/// What a request costs in request units, by Microsoft's published figures (docs/cost.md names them). They hold for session consistency;
/// strong and bounded staleness double every read and query.
/// </summary>
internal static class RuModel
{
    /// <summary>1 RU for 1 KB and 10 RU for 100 KB, a straight line between.</summary>
    private const double ReadFirst = 1, ReadNext = 9.0 / 99;

    /// <summary>5.5 RU for 1 KB without indexes; 1 KB to 100 KB costs ten times as much.</summary>
    private const double CreateFirst = 5.5, CreateNext = 49.5 / 99;

    private const double Term = 0.2;

    /// <summary>Replacing costs twice what creating the same item costs.</summary>
    private const double ReplaceFactor = 2;

    private const double DeleteFirst = 7;

    /// <summary>What a query costs in each physical partition it is asked of, before it finds anything.</summary>
    public const double Query = 2.8;

    public static double Of(IEnumerable<Request> requests, int physicalPartitions = 1) =>
        requests.Sum(request => Of(request, physicalPartitions));

    public static double Of(Request request, int physicalPartitions = 1) => request switch
    {
        Request.Read read => Read(read.Bytes ?? 0),
        Request.Find find => Query * (find.Everywhere ? physicalPartitions : 1) + find.Bytes.Sum(bytes => (double)bytes / 1024 * ReadFirst),
        // A refused batch has done its work up to the refusal; the store then reads every document of it.
        Request.Commit commit => commit.Changes.Sum(Of) + (commit.Refused ? commit.Changes.Sum(change => Read(change.Bytes)) : 0),
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    /// <summary>The part that no consistency level doubles.</summary>
    public static double CommitsOf(IEnumerable<Request> requests) => requests.OfType<Request.Commit>().Sum(commit => Of(commit));

    private static double Of(Change change) => change.Kind switch
    {
        ChangeKind.Create => Create(change),
        ChangeKind.Replace => ReplaceFactor * Create(change),
        _ => DeleteFirst,
    };

    private static double Create(Change change) => CreateFirst + CreateNext * FurtherKilobytes(change.Bytes) + Term * change.Terms;

    private static double Read(int bytes) => ReadFirst + ReadNext * FurtherKilobytes(bytes);

    private static double FurtherKilobytes(int bytes) => Math.Max(0, bytes / 1024.0 - 1);
}
