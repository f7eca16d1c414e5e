using Club.Kernel;
using Club.Spending;

namespace Club.Gifts;

/// <summary>Whether a voucher is good. Pure.</summary>
public static class VoucherRules
{
    /// <returns>Problems: <c>already-used</c>, <c>cancelled-voucher</c>, <c>expired-voucher</c>, <c>wrong-dealer</c>.</returns>
    public static Outcome<Voucher> Use(Voucher voucher, UseVoucherRequest request, DateTimeOffset now, DateOnly today, string author) =>
        voucher.On(today) switch
        {
            VoucherState.Used => AlreadyUsed(voucher),
            VoucherState.Void => new Problem("cancelled-voucher", $"Voucher {voucher.Id} is good no more: its order was cancelled, or its member was forgotten.")
            { Kind = ProblemKind.Conflict },
            VoucherState.Lapsed => Lapsed(voucher),
            _ when voucher.At.Count > 0 && !(request.DealerId is { } dealer && voucher.At.Contains(dealer)) =>
                SpendingTerms.WrongDealer($"Voucher {voucher.Id} is good at {string.Join(", ", voucher.At)}."),
            _ => voucher with { State = VoucherState.Used, Use = new VoucherUse(now, request.DealerId, request.Reference, author) },
        };

    public static Problem Lapsed(Voucher voucher) =>
        new("expired-voucher", $"Voucher {voucher.Id} was good until {voucher.ValidUntil:yyyy-MM-dd}; neither is it used nor its order cancelled since.")
        { Kind = ProblemKind.Conflict };

    public static Problem AlreadyUsed(Voucher voucher) => new("already-used", voucher.Use is { } use
        ? $"Voucher {voucher.Id} was used on {use.At:yyyy-MM-dd HH:mm}{(use.DealerId is { } dealer ? $" at dealer {dealer}" : "")}."
        : $"Voucher {voucher.Id} was used.")
    { Kind = ProblemKind.Conflict };
}
