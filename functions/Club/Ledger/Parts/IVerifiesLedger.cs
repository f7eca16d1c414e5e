namespace Club.Ledger;

/// <summary>Looks at a member's account together with all entries behind it.</summary>
public interface IVerifiesLedger
{
    /// <param name="entries">By ascending sequence.</param>
    /// <param name="differs">Told what is wrong, a sentence each; whose it is is added.</param>
    Task Verify(Account account, IReadOnlyList<Entry> entries, Action<string> differs, CancellationToken cancellation);
}
