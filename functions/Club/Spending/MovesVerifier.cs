using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Spending;

/// <summary>What was given and adjusted stands in the ledger as its document tells.</summary>
internal sealed class MovesVerifier(IClubStore store, MemberLedger ledger, ClubCalendar calendar) : IVerifies
{
    public async Task Verify(Document document, Action<string> differs, CancellationToken cancellation)
    {
        if (document.Type == "adjustment" && document.As<Adjustment>() is { State: AdjustmentState.Booked } adjustment)
            await Stands(adjustment.MemberId, Entry.IdOf(AdjustRules.Source, adjustment.Id), adjustment.Points,
                $"adjustment {adjustment.Id}", differs, cancellation);
        if (document.Type == Exchange.Document && document.As<Exchange>() is var exchange)
            await Stands(exchange.MemberId, Entry.IdOf(GivingTerms.Source, exchange.Id), exchange.Lines.Sum(line => line.Points),
                $"exchange {exchange.Id}", differs, cancellation);
        if (document.Type == Transfer.Document) await Verify(document.As<Transfer>(), differs, cancellation);
    }

    /// <summary>What one gave the other has, or the giver again.</summary>
    private async Task Verify(Transfer transfer, Action<string> differs, CancellationToken cancellation)
    {
        // What a merge has still to take along is looked at where it comes to.
        if (await store.Read<Account>(transfer.MemberId, Account.Id, cancellation) is not { Value: { MergedInto: null, Absorbs: null } })
            return;
        await Stands(transfer.MemberId, transfer.OutId, -transfer.Points - transfer.Fee, $"transfer {transfer.Id}", differs, cancellation);
        if (transfer.State == TransferState.Done)
            await Stands(transfer.To, transfer.InId, transfer.Points, $"transfer {transfer.Id}", differs, cancellation);
        if (transfer.State == TransferState.Returned)
            await Stands(transfer.MemberId, transfer.BackId, transfer.Points + transfer.Fee, $"transfer {transfer.Id}", differs, cancellation);
        if (transfer.FinishDue < calendar.Today
            && await store.Read<Transfer>(transfer.MemberId, transfer.Id, cancellation) is { Value.State: TransferState.UnderWay })
            differs($"Member {transfer.MemberId}: transfer {transfer.Id} has not ended since {transfer.FinishDue:yyyy-MM-dd}.");
    }

    private async Task Stands(MemberId member, string entryId, Points points, string what, Action<string> differs,
        CancellationToken cancellation)
    {
        if (await ledger.FindEntry(member, entryId, cancellation) is not { } entry) differs($"Member {member}: {what} has no entry.");
        else if (entry.Points != points) differs($"Member {member}: {what} tells of {points} points, its entry of {entry.Points}.");
    }
}
