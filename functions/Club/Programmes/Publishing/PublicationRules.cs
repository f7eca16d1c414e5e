using System.Text.Json;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>What a programme must keep to when it becomes a version. Pure.</summary>
public static class PublicationRules
{
    private const int LongestVersion = 64;

    /// <summary>
    /// A version is published at least this long before it begins: longer than an event may lie ahead of the club's clock, a picture of the
    /// versions may be old and a decision may take, so that nobody judges a day by a version that the day has lost.
    /// </summary>
    public static readonly TimeSpan Notice = ClubCalendar.ClockSkew + TimeSpan.FromMinutes(5);

    /// <param name="programmeId">The programme of this club.</param>
    /// <param name="last">The version that was published last; null before the first, which alone may begin in the past.</param>
    /// <param name="nameIsTaken">Whether another content was published under this version's name.</param>
    /// <returns>Everything that stands in the way.</returns>
    public static IReadOnlyList<Problem> Check(string programmeId, ProgrammeText text, Programme? last, bool nameIsTaken,
        ClubCalendar calendar)
    {
        var next = text.Programme;
        var problems = new List<Problem>();
        if (next.Id != programmeId)
            problems.Add(new Problem("other-programme", $"\"{next.Id}\" is not \"{programmeId}\", the programme of this club.", "$.id"));
        if (next.Version.Length > LongestVersion || next.Version.Trim() != next.Version
            || next.Version.Any(c => char.IsControl(c) || "/\\?#%".Contains(c, StringComparison.Ordinal)))
            problems.Add(new Problem("invalid-version",
                $"a version is a text of at most {LongestVersion} characters that can stand in an address: without / \\ ? # % and without spaces around it.", "$.version"));
        if (nameIsTaken)
            problems.Add(new Problem("version-taken",
                $"\"{next.Version}\" was published with another content, and every entry names the version it was made under; raise it.",
                "$.version"));
        if (ProgrammeText.ToUtf8(text.Json).Length > ProgrammeText.MostBytes)
            problems.Add(new Problem("programme-too-large", $"the programme has more than {ProgrammeText.MostBytes} bytes.", "$"));
        if (last is not null)
        {
            if (Date(next.EffectiveFrom, calendar) is { } late) problems.Add(late);
            problems.AddRange(Wallets(next, last));
        }
        return problems;
    }

    /// <summary>Whether two programmes say the same: in whatever order and layout, and wherever their schema lies.</summary>
    public static bool SameContent(JsonElement one, JsonElement other)
    {
        var (a, b) = (Members(one), Members(other));
        return a.Count == b.Count && a.All(member => b.TryGetValue(member.Key, out var value)
            && JsonElement.DeepEquals(member.Value, value));

        static Dictionary<string, JsonElement> Members(JsonElement programme) =>
            programme.EnumerateObject().Where(member => member.Name != ProgrammeDiff.Schema)
                .ToDictionary(member => member.Name, member => member.Value);
    }

    private static Problem? Date(DateOnly from, ClubCalendar calendar)
    {
        var today = calendar.Today;
        if (from <= today)
            return new Problem("past-effective-date",
                $"{IndexDate(from)} is not later than today, {IndexDate(today)}: what has happened stays judged as it was.",
                "$.effectiveFrom");
        return calendar.At(from, TimeOnly.MinValue) - calendar.Now < Notice
            ? new Problem("too-late-today", $"{IndexDate(from)} begins in less than {Notice.TotalMinutes:0} minutes; take a later date.",
                "$.effectiveFrom")
            : null;
    }

    private static IEnumerable<Problem> Wallets(Programme next, Programme last)
    {
        foreach (var wallet in last.Wallets)
        {
            if (next.FindWallet(wallet.Code) is not { } same)
                yield return new Problem("wallet-missing",
                    $"wallet \"{wallet.Code}\" of version {last.Version} is not there, and members may have points in it.", "$.wallets");
            else if (same.Unit != wallet.Unit)
                yield return new Problem("wallet-unit-changed",
                    $"\"{same.Unit}\" was \"{wallet.Unit}\" in version {last.Version}: points in wallet \"{wallet.Code}\" would become something else.", $"$.wallets[{next.Wallets.ToList().IndexOf(same)}].unit");
        }
        if (next.DefaultWallet.Code != last.DefaultWallet.Code)
            yield return new Problem("default-wallet-changed",
                $"\"{next.DefaultWallet.Code}\" is not \"{last.DefaultWallet.Code}\", the first wallet of version {last.Version}: the first is where transactions are booked.", "$.wallets[0].code");
    }

    private static string IndexDate(DateOnly date) => Store.IndexKeys.Date(date);
}
