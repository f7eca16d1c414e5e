using System.Globalization;
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
    public decimal? Yuan => decimal.TryParse(Amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan)
        && yuan > 0 && yuan < 1_000_000_000 && decimal.Round(yuan, 2) == yuan ? yuan : null;

    public WalletCode? Code => Wallet is { Length: <= 64 } code ? new WalletCode(code) : null;

    public DealerId? Dealer => DealerId is { Length: <= 64 } code ? new DealerId(code) : null;
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
        if (asked is { Amount: not null, Yuan: null })
            problem ??= new Problem("invalid-data", "$.amount: an amount above 0 with at most two decimals is expected.", "$.amount");
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
