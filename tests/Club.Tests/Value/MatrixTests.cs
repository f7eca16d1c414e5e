using Club.Access;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Club.Value;
using CsCheck;
using Xunit;
using static Club.Tests.Value.ValueClub;

namespace Club.Tests.Value;

/// <summary>The nine cells are what a look at every member counts, whatever happened and however often it is told.</summary>
public sealed class MatrixTests
{
    [Fact]
    public async Task Members_and_their_spend_stand_in_their_cell_by_branch()
    {
        await using var club = new ClubFixture(rules: Book.With(ValueClub.Rules));
        for (var i = 0; i < 3; i++) await Register(club, $"1380013800{i}", i == 2 ? "D002" : "D001");
        await club.Send(Bill("B-0", "2026-03-01", 100m, phone: "13800138000"), Bill("B-1", "2026-03-01", 200m, phone: "13800138001"),
            Bill("B-2", "2025-03-01", 6000m, "D002", "13800138002"));
        await Sweep(club);
        Assert.Equal("DC 1 6000 SA 2 300", await Counted(club));
        Assert.Equal("SA 2 300", await Counted(club, "D001"));
        Assert.Equal("DC 1 6000", await Counted(club, caller: Director("D002")));
        Assert.Equal("", await Counted(club, "D001", Director("D002")));
        var all = await club.Get<ValueMatrix>().Of(null, Caller.Operator, Cancellation);
        Assert.Equal((3, Money.Of(6300), 9), (all.Members, all.Spend, all.Cells.Count));
        Assert.Equal("钻忠", all.Cells[0].Strategy!.Zh);
        // What she spends within her class is told a day later, with whatever came until then.
        await club.Send(Bill("B-3", "2026-03-02", 50m, phone: "13800138000"));
        await Sweep(club);
        Assert.Equal("SA 2 300", await Counted(club, "D001"));
        club.On("2026-03-03");
        await Sweep(club);
        Assert.Equal("SA 2 350", await Counted(club, "D001"));
    }

    [Fact]
    public async Task Who_moved_in_a_month_is_told_once_from_where_she_was_to_where_she_is()
    {
        await using var club = new ClubFixture(rules: Book.With(ValueClub.Rules));
        for (var i = 0; i < 3; i++) await Register(club, $"1380013800{i}", i == 2 ? "D002" : "D001");
        await club.Send(Bill("B-0", "2026-03-01", 100m, phone: "13800138000"), Bill("B-1", "2026-03-01", 200m, phone: "13800138001"),
            Bill("B-2", "2025-03-01", 6000m, "D002", "13800138002"));
        await Sweep(club);
        Assert.Equal("came ->SA 2, came ->DC 1", await Moved(club));
        club.On("2026-04-05");
        await club.Send(Bill("B-3", "2026-04-04", 9000m, "D002", "13800138002"), Bill("B-4", "2026-04-04", 9000m, phone: "13800138000"));
        await Sweep(club);
        // What is given back within the month is no move.
        await club.Send(Return("B-4", "R-4", "2026-04-05"));
        await Sweep(club);
        Assert.Equal("up DC>DA 1", await Moved(club, "2026-04"));
        Assert.Equal("", await Moved(club, "2026-04", "D001"));
        Assert.Equal("up DC>DA 1", await Moved(club, "2026-04", "D002", Director("D002")));
        Assert.Equal("", await Moved(club, "2026-04", "D002", Director("D001")));
        Assert.Equal("came ->SA 2, came ->DC 1", await Moved(club, "2026-03"));
        await club.Get<Projections>().Rebuild(club.Get<MembersByClass>(), Cancellation);
        Assert.Equal("up DC>DA 1", await Moved(club, "2026-04"));
        Assert.Equal("came ->SA 2, came ->DC 1", await Moved(club, "2026-03"));
        Assert.Empty(await club.Verify());
    }

    [Theory]
    [InlineData("SC", "SB", Trend.Up)]
    [InlineData("SC", "GC", Trend.Up)]
    [InlineData("DA", "GC", Trend.Down)]
    [InlineData("DA", "DB", Trend.Down)]
    [InlineData("DC", "GA", Trend.Across)]
    [InlineData(null, "GA", Trend.Came)]
    [InlineData("GA", null, Trend.Went)]
    public void A_move_is_good_where_nothing_is_worse(string? from, string? to, Trend trend) =>
        Assert.Equal(trend, MoveRules.TrendOf(from, to));

    [Fact]
    public Task Rows_equal_a_look_at_every_member_also_when_built_anew() => Gen.Int.SampleAsync(async seed =>
    {
        var random = new Random(seed);
        await using var club = new ClubFixture(rules: Book.With($$"""
            {"effectiveFrom":"2020-01-01","membership":{"lapsesAfterMonths":14},"value":{{Section}} }
            """));
        var day = new DateOnly(2026, 3, 2);
        var members = new List<MemberId>();
        for (var i = 0; i < 6; i++) members.Add((await Register(club, $"1380013800{i}", random.Next(4) == 0 ? null : $"D00{random.Next(1, 4)}")).MemberId);
        for (var step = 0; step < 40; step++)
        {
            day = day.AddDays(random.Next(70));
            club.At(day.Year, day.Month, day.Day);
            var who = random.Next(6);
            switch (random.Next(6))
            {
                case 0 or 1 or 2:
                    await club.Send(Bill($"B-{step}", $"{day:yyyy-MM-dd}", random.Next(1, 4000), $"D00{random.Next(1, 4)}", $"1380013800{who}"));
                    break;
                case 3:
                    await club.Send(Return($"B-{random.Next(step + 1)}", $"R-{step}", $"{day:yyyy-MM-dd}"));
                    break;
                case 4:
                    await club.Get<Transfers>().Move(members[who], new TransferRequest(new($"D00{random.Next(1, 4)}"), "搬家"), Caller.OperatorAs("A017"), Cancellation);
                    break;
                case 5 when step % 7 == 0 && who > 0:
                    await club.Get<Merge>().Handle(members[who], members[0], Cancellation);
                    break;
            }
            await club.Sweep(LapseSweep.Word);
            if (random.Next(3) == 0) await club.Sweep(FeedJob.Word);
        }
        await Sweep(club);
        club.On($"{day.AddDays(1):yyyy-MM-dd}");
        await Sweep(club);
        var seen = new SortedDictionary<string, (int Members, long Fen)>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            if (await Profile(club, member) is not { Status: MemberStatus.Member } || await Judged(club, member) is not { Inputs: { } inputs } view) continue;
            var (count, fen) = seen.GetValueOrDefault(view.Cell!);
            seen[view.Cell!] = (count + 1, fen + inputs.Spend.Fen);
        }
        var expected = string.Join(' ', CellStrategy.Cells.Where(seen.ContainsKey).Select(cell => $"{cell} {seen[cell].Members} {new Money(seen[cell].Fen)}"));
        Assert.Equal(expected, await Counted(club));
        await MovesAddUp(club, seen.ToDictionary(cell => cell.Key, cell => cell.Value.Members), day.AddDays(1));
        await club.Get<Projections>().Rebuild(club.Get<MembersByClass>(), Cancellation);
        Assert.Equal("", await Counted(club, feed: false));
        Assert.Equal(expected, await Counted(club));
        Assert.Empty(await club.Verify());
    }, iter: 10, threads: 1);

    /// <summary>Whoever is in a cell came there, month by month.</summary>
    private static async Task MovesAddUp(ClubFixture club, Dictionary<string, int> members, DateOnly until)
    {
        var sums = new Dictionary<string, int>();
        for (var month = new DateOnly(2026, 3, 1); month <= until; month = month.AddMonths(1))
            foreach (var move in (await club.Get<ValueMatrix>().Of(null, Caller.Operator, Cancellation, new StatementMonth(month))).Moved.Moves)
            {
                Assert.True(move.Members > 0, $"{month}: {move}");
                if (move.From is { } from) sums[from] = sums.GetValueOrDefault(from) - move.Members;
                if (move.To is { } to) sums[to] = sums.GetValueOrDefault(to) + move.Members;
            }
        foreach (var cell in CellStrategy.Cells) Assert.Equal((cell, members.GetValueOrDefault(cell)), (cell, sums.GetValueOrDefault(cell)));
    }

    private static async Task<string> Moved(ClubFixture club, string? month = null, string? dealer = null, Caller? caller = null)
    {
        await club.Sweep(FeedJob.Word);
        StatementMonth? asked = month is null ? null : StatementMonth.Read(month).Value;
        var matrix = await club.Get<ValueMatrix>().Of(dealer is null ? null : new DealerId(dealer), caller ?? Caller.Operator, Cancellation, asked);
        return string.Join(", ", matrix.Moved.Moves.Select(move =>
            $"{$"{move.Trend}".ToLowerInvariant()} {move.From ?? "-"}>{move.To ?? "-"} {move.Members}"));
    }

    private static async Task<string> Counted(ClubFixture club, string? dealer = null, Caller? caller = null, bool feed = true)
    {
        if (feed) await club.Sweep(FeedJob.Word);
        var matrix = await club.Get<ValueMatrix>().Of(dealer is null ? null : new DealerId(dealer), caller ?? Caller.Operator, Cancellation);
        return string.Join(' ', matrix.Cells.Where(cell => cell.Members != 0 || cell.Spend != Money.Zero)
            .Select(cell => $"{cell.Cell} {cell.Members} {cell.Spend}"));
    }
}
