using Club.Access;
using Club.Dealers;
using Club.Kernel;
using Club.Partners;
using Club.Proof;
using Club.Store;

namespace Club.Settlement;

/// <summary>A movement as answers tell it.</summary>
/// <param name="MemberId">Null for a party, which is not told who the club's members are.</param>
public sealed record MovedView(MemberId? MemberId, long? Sequence, DateTimeOffset At, LineKind Line, WalletCode Wallet, Points Points,
    DateOnly Day, decimal? Price);

/// <summary>What parties owe each other for points 结算, month by month.</summary>
public sealed class Settlements(IClubStore store, SettledRows rows, PartnerBook partners, Dealerships dealers, Roots roots,
    ClubCalendar calendar)
{
    /// <summary>Of one commit; the statements of a month are more.</summary>
    private const int StatementsPerCommit = 50;

    /// <summary>All statements of a month: as it was closed, or as it is now. A dealer and a partner see their own.</summary>
    /// <returns>Problem <c>invalid-query</c>: the month has not begun.</returns>
    public async Task<Outcome<SettlementMonth>> Of(StatementMonth month, Caller caller, CancellationToken cancellation)
    {
        if (month.Begin(calendar) > calendar.Now)
            return new Problem("invalid-query", $"month: {month} has not begun.", "month");
        if (await Closed(month, cancellation) is { } closed) return Seen(await View(closed, cancellation), caller);
        var settled = await rows.Of(month, cancellation);
        return Seen(new SettlementMonth($"{month}", null, settled.Statements, settled.Adds, settled.Check), caller);
    }

    /// <param name="named"><c>dealer:D021</c>, or its code alone where no other party of the month has that.</param>
    /// <returns>Problems: <c>not-found</c>, <c>invalid-query</c>.</returns>
    public async Task<Outcome<Statement>> Of(StatementMonth month, string named, Caller caller, CancellationToken cancellation)
    {
        var all = await Of(month, caller, cancellation);
        if (all.Problem is { } problem) return problem;
        if (Find(all.Value.Parties, named) is { } found) return found;
        if (all.Value.Parties.Where(one => one.Party.Code == named).Select(one => one.Party).ToArray() is { Length: > 1 } several)
            return new Problem("invalid-query", $"party: \"{named}\" may be {string.Join(" or ", several)}.", "party");
        // Whoever is known and had nothing to settle has a statement that says so.
        foreach (var party in await Known(named, cancellation))
            if (!caller.IsScoped || IsOwn(party, caller)) return StatementRules.Nothing($"{month}", party);
        return Problem.NotFound($"Party \"{named}\"");
    }

    /// <summary>The entries behind a statement.</summary>
    /// <param name="line">Null: behind all of its lines.</param>
    /// <returns>Problems: <c>not-found</c>, <c>invalid-query</c>.</returns>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<Outcome<(IReadOnlyList<MovedView> Items, string? Continuation)>> Lines(StatementMonth month, string named,
        LineKind? line, Caller caller, int limit, string? continuation, CancellationToken cancellation)
    {
        var statement = await Of(month, named, caller, cancellation);
        if (statement.Problem is { } problem) return problem;
        var (items, next) = await rows.Lines(month, statement.Value.Party, line, limit, continuation, cancellation);
        var isTold = !caller.IsScoped;
        return ([.. items.Select(one => new MovedView(isTold ? one.Member : null, isTold ? one.Sequence : null, one.At, one.Line,
            one.Wallet, one.Points, one.Day, one.Price))], next);
    }

    /// <summary>Fixes a month that is over. What comes late stands in the next one. Closing again answers what was fixed.</summary>
    /// <returns>Problems: <c>month-open</c>, <c>does-not-add</c>.</returns>
    public async Task<Outcome<ClosingView>> Close(StatementMonth month, Caller caller, CancellationToken cancellation)
    {
        if (await Closed(month, cancellation) is { } before) return ViewOf(before);
        if (!month.IsClosed(calendar))
            return new Problem("month-open", $"{month} is still open: it is over, and all of it booked, one hour after its end.") { Kind = ProblemKind.Conflict };
        var settled = await rows.Of(month, cancellation);
        if (!settled.Adds)
            return new Problem("does-not-add", $"The statements of {month} do not come to what the ledger tells; nothing is closed until they do.")
            { Kind = ProblemKind.Conflict };
        var root = await roots.Latest(cancellation) is { } latest ? new PrintedRoot(latest.Day, latest.Root) : null;
        var statements = ClosingRules.Printed(settled.Statements, root);
        var sha256 = ClosingRules.Sha256Of(ClosingRules.LinesOf(statements));
        foreach (var some in statements.Chunk(StatementsPerCommit)) await Keep(month, sha256, some, cancellation);
        var closing = new ClosedMonth
        {
            Month = $"{month}", At = calendar.Now, By = ActingPerson.Of(caller), Sha256 = sha256, Check = settled.Check,
            Root = root,
        };
        // Of two who close at once the first has closed it.
        return await store.Commit(ClosedMonth.PartitionOf($"{month}"), [closing.ToCreate()], cancellation) is CommitResult.Written
            ? ViewOf(closing) : ViewOf((await Closed(month, cancellation))!);
    }

    /// <summary>Months that are closed, by their order.</summary>
    public async Task<IReadOnlyList<(string Month, ClosingView Closing)>> Closings(CancellationToken cancellation)
    {
        var found = new List<ClosedMonth>();
        await foreach (var document in store.FindAll(new IndexQuery(ClosedMonth.MonthIndex, "", IndexQuery.Last, Limit: 1000), cancellation))
            found.Add(document.As<ClosedMonth>());
        return [.. found.OrderBy(one => one.Month, StringComparer.Ordinal).Select(one => (one.Month, ViewOf(one)))];
    }

    /// <summary>A party's name as somebody writes it.</summary>
    /// <returns>Null when there is none, or the code alone means several.</returns>
    public static Statement? Find(IReadOnlyList<Statement> statements, string named)
    {
        if (Party.TryParse(named, out var party)) return statements.FirstOrDefault(one => one.Party == party);
        Statement[] found = [.. statements.Where(one => one.Party.Code == named)];
        return found.Length == 1 ? found[0] : null;
    }

    private async Task Keep(StatementMonth month, string sha256, IReadOnlyList<Statement> some, CancellationToken cancellation)
    {
        var writes = some.Select(one => new ClosedStatement
        {
            Month = $"{month}", Party = one.Party, Json = ClosingRules.LineOf(one), Sha256 = sha256,
        }.ToCreate()).ToList<Write>();
        // What another closing, or one that was cut short, has kept under the same hash is the same.
        while (writes.Count > 0 && await store.Commit(ClosedMonth.PartitionOf($"{month}"), writes, cancellation) is CommitResult.Exists exists)
            writes.RemoveAll(write => exists.Ids.Contains(write.Id));
    }

    private async Task<ClosedMonth?> Closed(StatementMonth month, CancellationToken cancellation) =>
        (await store.Read<ClosedMonth>(ClosedMonth.PartitionOf($"{month}"), ClosedMonth.Id, cancellation))?.Value;

    private async Task<SettlementMonth> View(ClosedMonth closed, CancellationToken cancellation)
    {
        var query = IndexQuery.Prefix(ClosedStatement.OwnIndex, $"{closed.Sha256}:") with
        {
            Partition = ClosedMonth.PartitionOf(closed.Month), Limit = 1000,
        };
        var statements = new List<Statement>();
        await foreach (var document in store.FindAll(query, cancellation))
            statements.Add(ClosingRules.Read(document.As<ClosedStatement>().Json));
        statements.Sort((one, other) => one.Party.CompareTo(other.Party));
        return new SettlementMonth(closed.Month, ViewOf(closed), statements, StatementRules.Adds(statements, closed.Check), closed.Check);
    }

    private static ClosingView ViewOf(ClosedMonth closed) => new(closed.At, closed.By.Name, closed.Sha256);

    private static SettlementMonth Seen(SettlementMonth all, Caller caller) => !caller.IsScoped ? all
        : all with { Parties = [.. all.Parties.Where(one => IsOwn(one.Party, caller))], Adds = null, Check = null };

    private static bool IsOwn(Party party, Caller caller) => party.Kind switch
    {
        PartyKind.Dealer => caller.Roles.Contains(Role.Director) && caller.Dealer?.Value == party.Code,
        PartyKind.Partner => caller.Roles.Contains(Role.Partner) && caller.Partner == party.Code,
        _ => false,
    };

    /// <summary>Partners and dealers of that name.</summary>
    private async Task<IReadOnlyList<Party>> Known(string named, CancellationToken cancellation)
    {
        var isWhole = Party.TryParse(named, out var whole);
        if (isWhole && whole.Kind is not (PartyKind.Partner or PartyKind.Dealer)) return [];
        var code = isWhole ? whole.Code : named;
        var found = new List<Party>();
        if ((!isWhole || whole.Kind == PartyKind.Partner) && await partners.Of(code, cancellation) is not null)
            found.Add(new Party(PartyKind.Partner, code));
        if ((!isWhole || whole.Kind == PartyKind.Dealer) && await dealers.Find(new DealerId(code), cancellation) is not null)
            found.Add(new Party(PartyKind.Dealer, code));
        return found;
    }
}
