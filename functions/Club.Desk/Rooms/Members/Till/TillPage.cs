using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Club.Spending;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Members.Till;

/// <param name="Key">Makes a form that is sent twice count once.</param>
/// <param name="Asked">What was asked for; null: nothing yet.</param>
/// <param name="Quote">What it may cost; null: nothing was asked, or not so that it could be answered.</param>
public sealed record TillModel(MemberHead Head, TillQuestion Asked, Quote? Quote, IReadOnlyList<RedemptionView> Redemptions, string Key,
    Problem? Problem, Said? Done) : IShowsMembers
{
    public IEnumerable<MemberId> Members => [Head.Member.MemberId];

    public Programmes.Spending? Terms => Head.Rules.Current.Spending;

    public string WalletName(WalletCode code) => Head.Rules.Current.FindWallet(code)?.Name ?? code;
}

/// <summary>The bill that stands on the counter, as it was typed.</summary>
public sealed record TillQuestion(string? Amount, string? DealerId, string? Wallet)
{
    /// <summary>Null while there is no amount.</summary>
    public decimal? Yuan => Amounts.Of(Amount) is > 0 and var yuan ? yuan : null;

    /// <summary>What of it nobody can be asked.</summary>
    public Problem? Unfit => Amount is { } typed && Yuan is null ? Amounts.Unfit("amount", typed)
        : Wallet is { Length: > LongestCode } ? TooLong("wallet") : DealerId is { Length: > LongestCode } ? TooLong("dealerId") : null;

    public WalletCode? Code => Wallet is { } code ? new WalletCode(code) : null;

    public DealerId? Dealer => DealerId is { } code ? new DealerId(code) : null;

    private const int LongestCode = 64;

    private static Problem TooLong(string name) =>
        new("invalid-data", $"$.{name}: at most {LongestCode} characters are expected.", $"$.{name}");
}

/// <summary>Serves a member at the counter: a quote, points and cash, a hold and its end, points given back.</summary>
public sealed class TillPage(MemberFile file, Quotes quotes, Redemptions redemptions) : IPage
{
    private const int Most = 50;

    public Task<Reply> Show(Visit visit, CancellationToken cancellation) =>
        Show(visit, new TillQuestion(visit.Asked("amount"), visit.Asked("dealerId"), visit.Asked("wallet")), null, cancellation);

    /// <param name="problem">Why a form was refused.</param>
    public async Task<Reply> Show(Visit visit, TillQuestion asked, Problem? problem, CancellationToken cancellation)
    {
        if (await file.Open(visit, cancellation) is not { } head) return Reply.Nothing;
        Quote? quote = null;
        if (asked.Unfit is { } unfit) problem ??= unfit;
        else if (asked.Yuan is { } yuan)
        {
            var bill = new SpentFor(SpentKind.Bill, Money.Of(yuan), asked.Dealer);
            var answered = await quotes.Ask(head.Member.MemberId, new QuoteRequest(asked.Code, bill, null, 1), visit.Admitted,
                cancellation);
            if (answered.Problem is null) quote = answered.Value;
            else problem ??= answered.Problem;
        }
        var page = await redemptions.Of(head.Member.MemberId, visit.Admitted, Most, null, cancellation);
        return Reply.Of<Counter>(new TillModel(head, asked, quote, page?.Items ?? [], Ids.Random("C"), problem,
            TillWords.DoneOf(visit.Asked("done"))), TillWords.Spend, problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind),
            $"{MembersRoom.Address}/{head.Member.MemberId}/spend");
    }
}
