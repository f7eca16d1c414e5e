using Club.Ledger;
using Club.Programmes;

namespace Club.Value;

/// <summary>What is summed up of visits is what the entries tell.</summary>
internal sealed class ValueVerifier(ProgrammeLibrary library) : IVerifiesLedger
{
    public async Task Verify(Account account, IReadOnlyList<Entry> entries, Action<string> differs, CancellationToken cancellation)
    {
        if ((await library.Now(cancellation)).Current.Value is not { } terms
            || account is not { MergedInto: null, Absorbs: null, Visits: { } visits } || visits.Counts != terms.Counts)
            return;
        if (!VisitRules.Of(terms, entries).SumsAs(visits)) differs("the account sums up other visits than its entries tell.");
    }
}
