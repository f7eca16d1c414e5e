using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Spending;

/// <summary>What was given and adjusted stands in the ledger as its document tells.</summary>
internal sealed class MovesVerifier(MemberLedger ledger) : IVerifies
{
    public async Task Verify(Document document, Action<string> differs, CancellationToken cancellation)
    {
        if (document.Type == "adjustment" && document.As<Adjustment>() is { State: AdjustmentState.Booked } adjustment)
            await Stands(adjustment.MemberId, Entry.IdOf(AdjustRules.Source, adjustment.Id), adjustment.Points,
                $"adjustment {adjustment.Id}", differs, cancellation);
    }

    private async Task Stands(MemberId member, string entryId, Points points, string what, Action<string> differs,
        CancellationToken cancellation)
    {
        if (await ledger.FindEntry(member, entryId, cancellation) is not { } entry) differs($"Member {member}: {what} has no entry.");
        else if (entry.Points != points) differs($"Member {member}: {what} tells of {points} points, its entry of {entry.Points}.");
    }
}
