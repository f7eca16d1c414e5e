using System.Text.Json.Serialization;
using Club.Dealers;
using Club.Kernel;
using Club.Store;
using Club.Value;

namespace Club.Reports;

/// <summary>By what dealers are compared.</summary>
[JsonConverter(typeof(CamelCaseEnum<LeaderBy>))]
public enum LeaderBy { Joined, Members, Active, Points, Visits }

/// <summary>How a dealer's branch did in a month.</summary>
/// <param name="Rank">1 for the first; those who are equal share one.</param>
/// <param name="Members">At the end of the month, or by now.</param>
/// <param name="Growth">More or fewer than at its beginning.</param>
/// <param name="Points">What was given, taken back and spent with this dealer, by wallet.</param>
/// <param name="Visits">Days on which members, of any branch, had bills with this dealer.</param>
/// <param name="Active">Members of the branch who are loyal or wavering, today; null where the rule book tells nobody apart.</param>
/// <param name="Lost">Members of the branch who are lost, today; null likewise.</param>
public sealed record LeaderView(int Rank, DealerId DealerId, string? Name, string? Region, int Joined, int Members, int Growth,
    IReadOnlyList<IssuedView> Points, int Visits, int? Active, int? Lost);

/// <param name="Reversed">What was taken back; zero or below.</param>
/// <param name="Redeemed">What was spent, less what was given back; zero or below, as long as less is given back than spent.</param>
public sealed record IssuedView(WalletCode Wallet, Points Earned, Points Reversed, Points Redeemed);

/// <param name="Month">The calendar month, <c>yyyy-MM</c>, by when the club learned of things.</param>
public sealed record LeaderboardView(string Month, LeaderBy By, IReadOnlyList<LeaderView> Items);

/// <summary>Compares branches 排行榜 by what the reports have counted: nobody looks at members one by one.</summary>
public sealed class Leaderboard(IClubStore store, Dealerships dealers, Programmes.ProgrammeLibrary library, MembersByMonth months,
    MembersByClass classes, ClubCalendar calendar)
{
    private Counted? _counted;

    /// <param name="month">Null: this month.</param>
    /// <param name="region">Null: all regions.</param>
    /// <returns>Dealers with a branch, or with members. Problem <c>invalid-query</c>: no such region.</returns>
    public async Task<Outcome<LeaderboardView>> Of(StatementMonth? month, string? region, LeaderBy by, CancellationToken cancellation)
    {
        var asked = (month ?? new StatementMonth(new DateOnly(calendar.Today.Year, calendar.Today.Month, 1))).ToString();
        var all = await dealers.All(new DealerFilter(region, null, null), cancellation);
        if (all.Problem is { } problem) return problem;
        var rules = (await library.Now(cancellation)).Current;
        var (rows, standing) = (await Rows(cancellation), rules.Value is null ? null : await Standing(cancellation));
        var competing = all.Value.Where(dealer => dealer is { HasBranch: true, IsOpen: true }).Select(dealer => dealer.Code).ToHashSet();
        var leaders = all.Value.Select(dealer => LeaderboardRules.Sum(dealer, asked, rows.GetValueOrDefault(dealer.Code) ?? [],
            standing is null ? null : standing.GetValueOrDefault(dealer.Code)))
            .Where(one => one.Members > 0 || competing.Contains(one.DealerId));
        return new LeaderboardView(asked, by, LeaderboardRules.Rank(leaders, by, rules.DefaultWallet.Code));
    }

    /// <summary>All rows by dealer. They change with the bookmark beside them, and with nothing else.</summary>
    private async Task<IReadOnlyDictionary<DealerId, MonthRow[]>> Rows(CancellationToken cancellation)
    {
        var partition = Projections.PartitionOf(months);
        var position = (await store.Read<Bookmark>(partition, Bookmark.Id, cancellation))?.Value.Position ?? "";
        if (Volatile.Read(ref _counted) is { } known && known.Position == position) return known.Rows;
        var rows = new List<MonthRow>();
        var query = IndexQuery.Prefix(ProjectionRows.RowIndex, MonthRow.Prefix) with { Partition = partition, Limit = 1000 };
        await foreach (var document in store.FindAll(query, cancellation)) rows.Add(document.As<MonthRow>());
        var byDealer = rows.Where(row => row.DealerId is not null).GroupBy(row => row.DealerId!.Value)
            .ToDictionary(group => group.Key, group => group.ToArray());
        Volatile.Write(ref _counted, new Counted(position, byDealer));
        return byDealer;
    }

    private async Task<Dictionary<DealerId, (int Active, int Lost)>> Standing(CancellationToken cancellation)
    {
        var query = IndexQuery.Prefix(ProjectionRows.RowIndex, ClassRow.Prefix) with
        {
            Partition = Projections.PartitionOf(classes), Limit = 1000,
        };
        var sums = new Dictionary<DealerId, (int Active, int Lost)>();
        await foreach (var document in store.FindAll(query, cancellation))
        {
            var row = document.As<ClassRow>();
            if (row.DealerId is not { } dealer) continue;
            var (active, lost) = sums.GetValueOrDefault(dealer);
            sums[dealer] = row.Cell.EndsWith('C') ? (active, lost + row.Members) : (active + row.Members, lost);
        }
        return sums;
    }

    private sealed record Counted(string Position, IReadOnlyDictionary<DealerId, MonthRow[]> Rows);
}

/// <summary>How branches are summed up and ranked. Pure.</summary>
public static class LeaderboardRules
{
    /// <param name="rows">All of the dealer's, of any month.</param>
    /// <param name="standing">Null where the rule book tells nobody apart.</param>
    public static LeaderView Sum(DealerView dealer, string month, IReadOnlyList<MonthRow> rows, (int Active, int Lost)? standing)
    {
        var now = rows.Where(row => row.Month == month).ToArray();
        var members = rows.Where(row => string.CompareOrdinal(row.Month, month) <= 0).Sum(row => row.Members);
        var points = now.SelectMany(row => row.Points).GroupBy(sums => sums.Wallet)
            .OrderBy(group => group.Key.Value, StringComparer.Ordinal)
            .Select(group => group.Aggregate((one, other) => one + other))
            .Select(sums => new IssuedView(sums.Wallet, sums.Earned, sums.Reversed, sums.Redeemed ?? Kernel.Points.Zero));
        return new LeaderView(0, dealer.Code, dealer.Name, dealer.Region, now.Sum(row => row.Joined), members, now.Sum(row => row.Members),
            [.. points], now.Sum(row => row.Visits), standing?.Active, standing?.Lost);
    }

    /// <summary>The first first; those who are equal share a rank, and stand by their codes.</summary>
    public static IReadOnlyList<LeaderView> Rank(IEnumerable<LeaderView> leaders, LeaderBy by, WalletCode wallet)
    {
        decimal Of(LeaderView one) => by switch
        {
            LeaderBy.Members => one.Members,
            LeaderBy.Active => one.Active ?? 0,
            LeaderBy.Visits => one.Visits,
            LeaderBy.Points => one.Points.Where(points => points.Wallet == wallet)
                .Sum(points => points.Earned.Value + points.Reversed.Value),
            _ => one.Joined,
        };
        var ranked = new List<LeaderView>();
        foreach (var (index, one) in leaders.OrderByDescending(Of).ThenBy(one => one.DealerId.Value, StringComparer.Ordinal).Index())
            ranked.Add(one with { Rank = index > 0 && Of(ranked[^1]) == Of(one) ? ranked[^1].Rank : index + 1 });
        return ranked;
    }
}
