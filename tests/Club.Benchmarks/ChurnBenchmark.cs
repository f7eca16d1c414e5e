using System.Globalization;
using Club.Tests.Support;

namespace Club.Benchmarks;

/// <summary>How well lists find the lost in simulated clubs of which it is known who is.</summary>
internal static class ChurnBenchmark
{
    private static readonly (string Name, Func<IReadOnlyList<ChurnClubs.Member>, ChurnClubs.Score> Score)[] Methods =
    [
        ("one interval for all, lost after 2", members => ChurnClubs.OfClassC(members, ChurnClubs.Plain)),
        ("one interval for all, lost after 1.5", members => ChurnClubs.OfClassC(members, ChurnClubs.Plain with { LostAfter = 1.5m })),
        ("own interval, lost after 1.75", members => ChurnClubs.OfClassC(members, ChurnClubs.Own with { LostAfter = 1.75m })),
        ("own interval, lost after 2", members => ChurnClubs.OfClassC(members, ChurnClubs.Own)),
        ("own interval, lost after 2.5", members => ChurnClubs.OfClassC(members, ChurnClubs.Own with { LostAfter = 2.5m })),
        ("own interval, second looks counted, lost after 2", members => ChurnClubs.OfClassC(members, ChurnClubs.Own with { ApartDays = 0 })),
        ("own interval and 2 deviations", members => ChurnClubs.OfDeviation(members, 2)),
    ];

    public static Task<object> Run(Arguments arguments)
    {
        var (members, seed) = (arguments.Number("members", 20_000), arguments.Number("seed", 1));
        var clubs = ChurnClubs.Kinds.Select((kind, i) => (kind.Name, Members: ChurnClubs.Of(kind, members, seed + i))).ToArray();
        return Task.FromResult<object>(new
        {
            benchmark = "churn", members, seed,
            lost = clubs.ToDictionary(club => club.Name, club => club.Members.Count(member => member.IsLost)),
            methods = Methods.Select(method =>
            {
                var scores = clubs.Select(club => (club.Name, Score: method.Score(club.Members))).ToArray();
                return new
                {
                    method = method.Name,
                    precision = Text(scores.Average(one => one.Score.Precision)), recall = Text(scores.Average(one => one.Score.Recall)),
                    f1 = Text(scores.Average(one => one.Score.F1)),
                    clubs = scores.ToDictionary(one => one.Name, one => $"{Text(one.Score.Precision)} {Text(one.Score.Recall)}"),
                };
            }),
        });
    }

    private static string Text(double share) => share.ToString("0.000", CultureInfo.InvariantCulture);
}
