using Club.Access;
using Club.Kernel;
using Club.Store;

namespace Club.Gifts;

/// <summary>Keeps the stock of gifts: what comes in, what goes out, and what is promised to orders.</summary>
/// <remarks>Goods are always counted: without stock there is nothing. Vouchers are as many as there are codes, and they and services are
/// counted besides as soon as somebody says how many there are.</remarks>
public sealed class GiftStocks(IClubStore store, Allotments allotments, VoucherPools pools, ClubCalendar calendar) : IFinishes
{
    /// <summary>So long a withdrawal may be on its way before the sweep undoes it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Whoever asks for pieces of one gift takes turns within this process: of one document's many writers only one comes
    /// through.</summary>
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public string DocumentId => GiftStock.Id;

    /// <summary>Null: nobody counts it.</summary>
    public async Task<StockView?> Of(Gift gift, CancellationToken cancellation)
    {
        var codes = gift.Kind == GiftKind.Voucher ? await pools.Count(gift.Code, cancellation) : null;
        if (await Read(gift.Code, cancellation) is not { Value: var stock })
            return codes ?? (gift.Kind == GiftKind.Goods ? new StockView(0, 0, 0) : null);
        var used = await allotments.Used(GiftStock.AllotmentOf(gift.Code), cancellation);
        var left = Math.Max(0, stock.Added - used);
        return new StockView(stock.Total, used - stock.Removed, codes is null ? left : Math.Min(left, codes.Left));
    }

    /// <summary>Promises pieces to an order.</summary>
    /// <returns>Null: they are promised. Otherwise how many there were; none of them is promised.</returns>
    public async Task<long?> Promise(Gift gift, string cause, int quantity, CancellationToken cancellation)
    {
        var added = (await Read(gift.Code, cancellation))?.Value.Added;
        if (added is null && gift.Kind != GiftKind.Goods) return null;
        var turn = _turns[Ids.Hash(gift.Code) % (uint)_turns.Length];
        await turn.WaitAsync(cancellation);
        try
        {
            return await allotments.PromiseAll(GiftStock.AllotmentOf(gift.Code), cause, quantity, added ?? 0, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    public Task GiveBack(string code, string cause, CancellationToken cancellation) =>
        allotments.GiveBack(GiftStock.AllotmentOf(code), cause, cancellation);

    /// <summary>Brings pieces in, or takes them out: never those that are promised.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>out-of-stock</c>, <c>over-limit</c>, <c>different-content</c>.</returns>
    public async Task<Outcome<Answered<StockView>>> Change(string code, StockRequest request, Command command, Caller caller,
        CancellationToken cancellation)
    {
        if (code.Length > 64 || await store.Read<Gift>(Gift.PartitionOf(code), Gift.Id, cancellation) is not { Value: var gift })
            return await store.Unknown(code, null, cancellation);
        var change = new StockChange(calendar.Now, request.Change, request.Reason, caller.Name ?? AuditTrail.Unnamed);
        return await Retry.UntilDone<Outcome<Answered<StockView>>>($"The stock of gift {code}", async () =>
        {
            if (await Told(code, command, cancellation) is { } told) return told.Again<StockView>(command);
            return change.Change > 0 ? await Add(gift, change, command, cancellation) : await TakeOut(gift, change, command, cancellation);
        }, cancellation);
    }

    /// <summary>Ends withdrawals that a crash left.</summary>
    public async Task Finish(Document half, CancellationToken cancellation)
    {
        var stock = half.As<GiftStock>();
        foreach (var open in stock.Open)
            if (open.Since + Patience <= calendar.Now) await CallOff(stock.Code, open.Cause, cancellation);
    }

    private ValueTask<Stored<GiftStock>?> Read(string code, CancellationToken cancellation) =>
        store.Read<GiftStock>(Gift.PartitionOf(code), GiftStock.Id, cancellation);

    private async ValueTask<CommandRecord?> Told(string code, Command command, CancellationToken cancellation) =>
        (await store.Read<CommandRecord>(Gift.PartitionOf(code), CommandRecord.IdOf(command.Key, command.Scope), cancellation))?.Value;

    private async Task<Tried<Outcome<Answered<StockView>>>> Add(Gift gift, StockChange change, Command command,
        CancellationToken cancellation)
    {
        var stored = await Read(gift.Code, cancellation);
        var after = (stored?.Value ?? new GiftStock { Code = gift.Code }).With(change);
        if (after.Added > long.MaxValue / 4) return (Outcome<Answered<StockView>>)new Problem("over-limit", "No stock is as large.") { Kind = ProblemKind.Conflict };
        return await Keep(stored?.ETag, after, change, command, cancellation);
    }

    /// <summary>First it is written down, then promised, then gone: what a crash leaves in between is found by the repeat, or undone by the
    /// sweep.</summary>
    private async Task<Tried<Outcome<Answered<StockView>>>> TakeOut(Gift gift, StockChange change, Command command,
        CancellationToken cancellation)
    {
        var (stored, own) = (await Read(gift.Code, cancellation), CauseOf(command));
        var before = stored?.Value ?? new GiftStock { Code = gift.Code };
        if (before.Open.FirstOrDefault(one => one.Cause.StartsWith(own, StringComparison.Ordinal)) is not { } open)
        {
            open = new StockWithdrawal(Ids.Random(own), -change.Change, calendar.Now);
            if (!await Keep(stored?.ETag, before with { Open = [.. before.Open, open] }, cancellation)) return Retry.Again;
        }
        var left = open.IsOff is true ? 0
            : await allotments.PromiseAll(GiftStock.AllotmentOf(gift.Code), open.Cause, open.Amount, before.Added, cancellation);
        if (left is { } granted)
        {
            await CallOff(gift.Code, open.Cause, cancellation);
            return open.IsOff is true ? Retry.Again : (Outcome<Answered<StockView>>)GiftRules.OutOfStock(gift, (int)open.Amount, granted);
        }
        // Whoever undid it meanwhile has left nothing to go on with.
        if (await Read(gift.Code, cancellation) is not { } again || !again.Value.Open.Contains(open)) return Retry.Again;
        return await Keep(again.ETag, again.Value.Without(open.Cause).With(change), change, command, cancellation);
    }

    private async Task<Tried<Outcome<Answered<StockView>>>> Keep(string? etag, GiftStock after, StockChange change, Command command,
        CancellationToken cancellation)
    {
        var used = await allotments.Used(GiftStock.AllotmentOf(after.Code), cancellation);
        var answer = new StockView(after.Total, used - after.Removed, after.Added - used);
        Write[] writes = [after.ToWrite(etag), CommandRecord.Of(command, change.Author, change.At, answer).ToCreate()];
        return await store.Commit(Gift.PartitionOf(after.Code), writes, cancellation) is CommitResult.Written
            ? (Outcome<Answered<StockView>>)new Answered<StockView>(answer, IsRepeat: false) : Retry.Again;
    }

    /// <summary>Undoes a withdrawal: nobody goes on with it, then what it was promised is given back, then it is forgotten.</summary>
    private async Task CallOff(string code, string cause, CancellationToken cancellation)
    {
        if (!await Change(code, cause, stock => stock with
            {
                Open = [.. stock.Open.Select(one => one.Cause == cause ? one with { IsOff = true } : one)],
            }, cancellation))
            return;
        await GiveBack(code, cause, cancellation);
        await Change(code, cause, stock => stock.Without(cause), cancellation);
    }

    /// <returns>False: the withdrawal is over.</returns>
    private Task<bool> Change(string code, string cause, Func<GiftStock, GiftStock> change, CancellationToken cancellation) =>
        Retry.UntilDone<bool>($"The stock of gift {code}", async () =>
        {
            if (await Read(code, cancellation) is not { } stored || stored.Value.Open.All(one => one.Cause != cause)) return false;
            return await Keep(stored.ETag, change(stored.Value), cancellation) ? true : Retry.Again;
        }, cancellation);

    private async Task<bool> Keep(string? etag, GiftStock after, CancellationToken cancellation) =>
        await store.Commit(Gift.PartitionOf(after.Code), [after.ToWrite(etag)], cancellation) is CommitResult.Written;

    private static string CauseOf(Command command) => $"out:{Ids.Derived("", command.Scope, command.Key, command.Content)}:";
}
