using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Gifts;

/// <summary>Where members show their vouchers: whoever has the code has the voucher.</summary>
public sealed class VoucherDesk(IClubStore store, MemberLedger ledger, Membership membership, VoucherCodes codes, OrderFacts facts,
    ClubCalendar calendar)
{
    /// <summary>Uses a voucher, once. With the last of an order the order is done.</summary>
    /// <returns>Problems: <c>mistyped-code</c>, <c>not-found</c>, <c>denied</c>, <c>invalid-data</c>, <c>being-merged</c>,
    /// <c>different-content</c>, and those of <see cref="VoucherRules.Use"/>.</returns>
    public async Task<Outcome<Answered<VoucherView>>> Use(string code, UseVoucherRequest request, Command command, Caller caller,
        CancellationToken cancellation)
    {
        if (caller is { IsScoped: true, Dealer: { } own })
        {
            if (request.DealerId is { } named && named != own)
                return new Problem("denied", $"$.dealerId: \"{named}\" is not your dealer.", "$.dealerId") { Kind = ProblemKind.Denied };
            request = request with { DealerId = own };
        }
        var found = await Owned(code, cancellation);
        if (found.Problem is { } wrong) return wrong;
        if (found.Value is not { } voucher) return Unknown();
        if (await membership.Find(voucher.MemberId, cancellation) is { } profile
            && ErasedPerson.Unfit(profile, "$.reference", request.Reference) is { } unfit)
            return unfit;
        return await ledger.Run(voucher.MemberId, command, caller,
            (journal, token) => facts.Use(journal, voucher.Id, token), (journal, known) =>
            {
                if (known.Voucher is not { } stored) return journal.Account.Absorbs is null ? Unknown() : LedgerProblems.BeingMerged();
                var author = caller.Name ?? AuditTrail.Unnamed;
                var used = VoucherRules.Use(stored.Value, request, journal.RecordedAt, journal.Today, author);
                if (used.Problem is { } refused) return refused;
                journal.Attach(used.Value, stored.ETag);
                if (known.Ends is { Order: { } order } ends) StepRules.Used(journal, order, author, ends);
                return (Outcome<VoucherView>)VoucherView.Of(used.Value, journal.Today);
            }, cancellation);
    }

    /// <returns>Problems: <c>mistyped-code</c>, <c>not-found</c>.</returns>
    public async Task<Outcome<VoucherView>> Find(string code, CancellationToken cancellation)
    {
        var found = await Owned(code, cancellation);
        return found.Problem is { } problem ? problem : found.Value is { } voucher ? VoucherView.Of(voucher, calendar.Today) : Unknown();
    }

    /// <summary>A code that no order has is nobody's yet: for whoever asks it is not there.</summary>
    private async Task<Outcome<Voucher?>> Owned(string code, CancellationToken cancellation)
    {
        var read = await codes.Read(code, cancellation);
        if (read.Problem is { } problem) return problem;
        if (read.Value is not { } id) return (Voucher?)null;
        var page = await store.Find(IndexQuery.Equal(Voucher.IdIndex, id.Value), cancellation);
        // While two members become one, it may stand in both places; the ledger leads on from either.
        return page.Documents is [var found, ..] ? found.As<Voucher>() : null;
    }

    /// <summary>The code is not told again: whoever mistyped it has it before her.</summary>
    private static Problem Unknown() => Problem.NotFound("The voucher");
}
