using Club.Access;
using Club.Earning;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Settlement;
using Club.Spending;
using Club.Store;
using Xunit;

using static Club.Tests.Settlement.SettlementClub;

namespace Club.Tests.Settlement;

/// <summary>Whatever members do in whatever order: all parties and the programme come to the ledger, and closed months stay as they
/// were.</summary>
public sealed class SettlementWalkTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24).Share(3)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task All_parties_come_to_the_ledger(int seed)
    {
        await using var club = await Open(spending: seed % 3 == 0 ? """{"overdraft":null}""" : seed % 3 == 1 ? """{"refundGraceDays":20}""" : "{}");
        var walk = new Walk(club, new Random(seed));
        await walk.Begin();
        var fixedLines = new Dictionary<StatementMonth, string>();
        for (var step = 0; step < 150; step++)
        {
            await walk.Step();
            if (step % 10 == 9) await Check(club, walk.Members);
            if (step % 40 == 39) await CloseAll(club, fixedLines);
        }
        Assert.Empty(await club.Verify());

        // A closed month computed again from the feed alone is byte for byte what was closed.
        await club.Get<Projections>().Rebuild(club.Get<SettledMonths>(), Cancellation);
        foreach (var (month, lines) in fixedLines)
        {
            var closed = (await club.Store.Read<ClosedMonth>(ClosedMonth.PartitionOf($"{month}"), ClosedMonth.Id))!.Value;
            var again = (await club.Get<SettledRows>().Of(month, Cancellation)).Statements;
            Assert.Equal(lines, ClosingRules.LinesOf(ClosingRules.Printed(again, closed.Root)));
        }
    }

    /// <summary>A walk that never meets something says nothing of it.</summary>
    [Fact]
    public async Task Walks_meet_every_kind_of_entry_and_of_line()
    {
        var (entries, lines) = (new HashSet<EntryKind> { EntryKind.Release }, new HashSet<LineKind>());
        for (var seed = 1; seed <= 6; seed++)
        {
            await using var club = await Open();
            var walk = new Walk(club, new Random(seed));
            await walk.Begin();
            for (var step = 0; step < 150; step++) await walk.Step();
            entries.UnionWith((await club.Changes()).Where(document => document.Type == "entry").Select(document => document.As<Entry>().Kind));
            for (var month = Month(2026, 3); month.Begin(club.Get<ClubCalendar>()) < club.Get<ClubCalendar>().Now; month = new StatementMonth(month.First.AddMonths(1)))
                lines.UnionWith((await club.Settled(month.First.Year, month.First.Month)).Parties.SelectMany(one => one.Lines).Select(line => line.Line));
        }
        Assert.Equal(Enum.GetValues<EntryKind>(), entries.Order());
        Assert.Equal(Enum.GetValues<LineKind>(), lines.Order());
    }

    private static async Task CloseAll(ClubFixture club, Dictionary<StatementMonth, string> closed)
    {
        for (var month = Month(2026, 3); month.IsClosed(club.Get<ClubCalendar>()); month = new StatementMonth(month.First.AddMonths(1)))
        {
            var closing = (await club.Get<Settlements>().Close(month, Finance, Cancellation)).Value;
            var lines = ClosingRules.LinesOf((await club.Get<Settlements>().Of(month, Finance, Cancellation)).Value.Parties);
            Assert.Equal(closing.Sha256, ClosingRules.Sha256Of(lines));
            if (!closed.TryAdd(month, lines)) Assert.Equal(closed[month], lines);
        }
    }

    private static async Task Check(ClubFixture club, IReadOnlyList<MemberId> members)
    {
        var today = club.Get<ClubCalendar>().Today;
        var now = await club.Settled(today.Year, today.Month);
        Assert.True(now.Adds, string.Join(", ", now.Check!.Where(one => !one.Difference.IsZero)));
        // The ledger's sum is what the members' accounts hold.
        var accounts = new Dictionary<MemberId, Account>();
        foreach (var member in members)
            if (await club.Account(member) is { MergedInto: null } account) accounts[account.MemberId] = account;
        foreach (var check in now.Check!) Assert.Equal(check.Ledger, accounts.Values.Sum(account => account.Balance(check.Wallet)));
        // And what each payer's points come to is what lots and holds say of them.
        foreach (var statement in now.Parties)
            foreach (var wallet in statement.Wallets)
                Assert.Equal((statement.Party, wallet.Closing), (statement.Party, accounts.Values.Sum(account => Outstanding(account, wallet.Wallet,
                    statement.Party))));
        foreach (var before in now.Parties.SelectMany(one => one.Wallets.Select(wallet => (one.Party, Wallet: wallet))))
        {
            var last = await club.Settled(today.AddMonths(-1).Year, today.AddMonths(-1).Month);
            var closing = Settlements.Find(last.Parties, $"{before.Party}")?.Wallets.FirstOrDefault(one => one.Wallet == before.Wallet.Wallet)?.Closing;
            Assert.Equal(closing ?? Points.Zero, before.Wallet.Opening);
        }
    }

    private static Points Outstanding(Account account, WalletCode wallet, Party party)
    {
        var lots = account.Wallet(wallet).Lots.Select(lot => (lot.DealerId, lot.Payers, Points: lot.Remaining));
        var held = (account.Holds ?? []).Where(hold => hold.Wallet == wallet).SelectMany(hold => hold.Lines)
            .Select(line => (line.DealerId, Payers: FundingRules.Negated(line.Payers), Points: -line.Points));
        return lots.Concat(held).Sum(lot => lot.Payers.Count == 0 ? party == Party.Programme ? lot.Points : Points.Zero
            : lot.Payers.Where(payer => MovementRules.PayerOf(payer.Funder, lot.DealerId, "foton") == party).Sum(payer => payer.Points));
    }

    /// <summary>What may happen to some members.</summary>
    private sealed class Walk(ClubFixture club, Random random)
    {
        private static readonly string[] Phones = ["13800138000", "13800138001", "13800138002"];
        private readonly List<Registered> _people = [];
        private readonly List<string> _held = [], _spent = [], _bills = [];
        private int _number;

        public IReadOnlyList<MemberId> Members => [.. _people.Select(one => one.MemberId)];

        public async Task Begin()
        {
            foreach (var phone in Phones) _people.Add(await club.Register(phone));
        }

        public async Task Step()
        {
            var (who, wallet) = (random.Next(Phones.Length), random.Next(5) == 0 ? "branch" : "club");
            var (member, points) = (_people[who].MemberId, random.Next(1, 60));
            switch (random.Next(13))
            {
                case 0 or 1 or 2:
                    var id = $"B{++_number}";
                    await club.Rent(id, random.Next(2) == 0 ? "D001" : "D002",
                        random.Next(4) switch { 0 => "rental", 1 => "parts", 2 => "labour", _ => "accessory" }, random.Next(1, 300), Phones[who]);
                    _bills.Add(id);
                    break;
                case 3:
                    if (await club.Spend(member, points, AtDealer("D001"), hold: true, wallet) is { Succeeded: true, Value.Answer: var held })
                        _held.Add(held.RedemptionId);
                    break;
                case 4:
                    if (await club.Spend(member, points, random.Next(2) == 0 ? AtDealer("D002") : AtPartner()) is { Succeeded: true, Value.Answer: var spent })
                        _spent.Add(spent.RedemptionId);
                    break;
                case 5 when _held.Count > 0:
                    var (one, next) = (_held[^1], random.Next(2));
                    _held.RemoveAt(_held.Count - 1);
                    if (next == 0) await club.Get<Redemptions>().Cancel(one, "不要了", Key(), Caller.Operator, Cancellation);
                    else if ((await club.Get<Redemptions>().Confirm(one, Key(), Caller.Operator, Cancellation)).Succeeded) _spent.Add(one);
                    break;
                case 6 when _spent.Count > 0:
                    await club.Get<Redemptions>().Refund(_spent[random.Next(_spent.Count)], new RefundRequest(Points.Of(random.Next(1, 40)), "退"), Key(),
                        Caller.Operator, Cancellation);
                    break;
                case 7 when _bills.Count > 0:
                    await club.Return(_bills[random.Next(_bills.Count)], random.Next(2) == 0 ? random.Next(1, 60) : null);
                    break;
                case 8:
                    await club.Get<PointTransfers>().Give(member, Spending.GivingClub.Wish(
                        $$"""{"cardNumber":"{{_people[(who + 1) % Phones.Length].CardNumber}}"}""", points, null), Key(), Caller.Operator, Cancellation);
                    break;
                case 9:
                    await club.Get<Donations>().Donate(member, new DonationRequest("hope-school", Points.Of(points), null), Key(), Caller.Operator,
                        Cancellation);
                    break;
                case 10:
                    await club.Get<Exchanges>().Exchange(member, new ExchangeRequest(random.Next(2) == 0 ? "avis" : "rescue",
                        random.Next(2) == 0 ? ExchangeDirection.In : ExchangeDirection.Out, Points.Of(points), $"X{++_number}", null), Key(), Caller.Operator,
                        Cancellation);
                    break;
                case 11:
                    await club.Get<Adjustments>().Ask(member, new AdjustmentRequest(new WalletCode(wallet), Points.Of(random.Next(-40, 40) * 2 + 1), "补录",
                        wallet == "branch" ? new DealerId("D001") : null), Key(), Caller.Operator, Cancellation);
                    break;
                default:
                    club.Clock.Advance(random.Next(3) == 0 ? TimeSpan.FromDays(random.Next(1, 40)) : TimeSpan.FromMinutes(random.Next(1, 40)));
                    await club.Sweep(PointsSweep.Word, HoldSweep.Word, OverdraftSweep.Word);
                    break;
            }
        }
    }
}
