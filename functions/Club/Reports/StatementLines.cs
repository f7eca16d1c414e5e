using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Reports;

/// <summary>
/// What a member's statement of a month says: the entries recorded in it, and every wallet's balance before and after. It goes by when the
/// club learned of something, so that a closed month never changes and opening balance and points add up to the closing balance.
/// </summary>
internal sealed record StatementLines(
    DateTimeOffset Begin, DateTimeOffset End, IReadOnlyList<(WalletCode Wallet, Points Balance)> Opening,
    IReadOnlyList<Entry> Entries, IReadOnlyList<(WalletCode Wallet, Points Balance)> Closing)
{
    /// <param name="ledger">All entries of the member, in the order of their sequence.</param>
    public static StatementLines Of(IReadOnlyList<Entry> ledger, Programme programme, DateTimeOffset begin, DateTimeOffset end)
    {
        var before = ledger.Where(entry => entry.RecordedAt < begin).ToList();
        var within = ledger.Where(entry => entry.RecordedAt >= begin && entry.RecordedAt < end).ToList();
        // A wallet that the programme no longer has keeps its points and its lines; one that the member never used has none, but for the
        // default wallet.
        var used = ledger.Where(entry => entry.RecordedAt < end).Select(entry => entry.Wallet).Append(programme.DefaultWallet.Code)
            .ToHashSet();
        var wallets = programme.Wallets.Select(wallet => wallet.Code).Where(used.Contains).Union(used).ToList();
        List<Entry> until = [.. before, .. within];
        return new StatementLines(begin, end, [.. wallets.Select(wallet => (wallet, Balance(before, wallet)))], within,
            [.. wallets.Select(wallet => (wallet, Balance(until, wallet)))]);
    }

    private static Points Balance(List<Entry> entries, WalletCode wallet) =>
        entries.FindLast(entry => entry.Wallet == wallet)?.Balance ?? Points.Zero;
}
