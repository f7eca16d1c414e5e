using Club.Access;
using Club.Care;
using Club.Desk.Charts;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Edges;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Value;

namespace Club.Desk.Rooms.Members;

/// <param name="Lots">By wallet, in the order in which they are spent.</param>
/// <param name="Lapsing">Points of the default wallet by the month in which they lapse.</param>
/// <param name="Value">What she is worth; null where that is not the caller's to know, or the rule book does not ask.</param>
/// <param name="Maintenance">When her maintenance is due; null as well where the care plan does not speak of it.</param>
public sealed record MemberModel(MemberHead Head, AccountView Account, IReadOnlyList<(WalletCode Wallet, Lot Lot)> Lots,
    IReadOnlyList<Bar> Lapsing, ValueView? Value, MaintenanceView? Maintenance) : IShowsMembers
{
    public IEnumerable<MemberId> Members => [Head.Member.MemberId];

    public string WalletName(WalletCode code) => Head.Rules.Current.FindWallet(code)?.Name ?? code;
}

/// <summary>Profile and account of one member.</summary>
public sealed class MemberPage(MemberFile file, MemberViews views, MemberLedger ledger, MemberValue value, MemberMaintenance maintenance)
    : IPage
{
    private const int MostMonths = 12;

    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        if (await file.Open(visit, cancellation) is not { } head) return Reply.Nothing;
        if (await views.Account(head.Member.MemberId, visit.Admitted, cancellation) is not { } view) return Reply.Nothing;
        var account = await ledger.Now(head.Member.MemberId, head.Rules, cancellation);
        var lots = account.Wallets.SelectMany(wallet => InOrder(wallet, head.Rules.Today).Select(lot => (wallet.Code, lot))).ToList();
        var worth = head.Rules.Current.Value is not null && visit.For(Right.ReadValue) is { } reader
            ? await value.Of(head.Member.MemberId, reader, cancellation) : null;
        var model = new MemberModel(head, view, lots, Lapsing(account.Wallet(head.Rules.Current.DefaultWallet.Code), head.Rules.Today),
            worth, await Due(visit, head, cancellation));
        return Reply.Of<Member>(model, new Said(head.Member.Name ?? head.Member.CardNumber, head.Member.Name ?? head.Member.CardNumber));
    }

    private async Task<MaintenanceView?> Due(Visit visit, MemberHead head, CancellationToken cancellation) =>
        head.Rules.Current.Care.Any(one => one.Occasion == CareOccasion.MaintenanceDue) && visit.For(Right.ReadValue) is { } reader
            ? await maintenance.Of(head.Member.MemberId, reader, cancellation) : null;

    /// <summary>What may be spent in its order, then what waits, then what is owed.</summary>
    private static IEnumerable<Lot> InOrder(WalletState wallet, DateOnly today) => wallet.Spendable(today)
        .Concat(wallet.Lots.Where(lot => !lot.HasLapsed(today) && lot.IsPending(today)))
        .Concat(wallet.Lots.Where(lot => lot.Remaining.IsNegative));

    private static List<Bar> Lapsing(WalletState wallet, DateOnly today) =>
    [
        .. wallet.Lots.Where(lot => lot.Remaining.IsPositive && lot.LapsesOn is { } on && on > today)
            .GroupBy(lot => lot.LapsesOn!.Value.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture))
            .OrderBy(month => month.Key, StringComparer.Ordinal).Take(MostMonths)
            .Select(month => new Bar(month.Key, month.Sum(lot => lot.Remaining).Value)),
    ];
}
