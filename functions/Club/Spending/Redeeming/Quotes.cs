using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;

namespace Club.Spending;

/// <summary>What something may cost a member today. It changes nothing.</summary>
/// <param name="Affordable">Whether the fewest points can be had.</param>
/// <param name="Missing">How many points the fewest are short of.</param>
/// <param name="AffordableOn">When they can be had at the pace at which she earned in the last twelve months; null: they can now, she
/// earned nothing, or they are good only where they were earned.</param>
/// <param name="Reasons">Why it cannot be had, a sentence each with its code.</param>
public sealed record Quote(WalletCode Wallet, PointsSpan Points, CashSpan Cash, decimal PointValue, Points Available, bool Affordable,
    Points Missing, DateOnly? AffordableOn, IReadOnlyList<QuoteReason> Reasons);

/// <param name="Most">What she has reaches no further.</param>
public sealed record PointsSpan(Points Least, Points Most, Points Step);

public sealed record CashSpan(Money AtLeast, Money AtMost);

public sealed record QuoteReason(string Code, string Message);

/// <summary>What a gift costs a member. A port of the catalogue, which is above this room.</summary>
public interface IPricesGifts
{
    /// <returns>Problem <c>not-found</c>.</returns>
    Task<Outcome<GiftPrice>> Price(string gift, int quantity, Profile profile, Account account, ProgrammeVersions rules,
        CancellationToken cancellation);
}

/// <param name="Wallet">The wallet that pays.</param>
/// <param name="Reasons">Why this member cannot have it now.</param>
public sealed record GiftPrice(WalletCode Wallet, PointsSpan Points, Money Worth, decimal PointValue, IReadOnlyList<QuoteReason> Reasons)
{
    /// <summary>Cash beside so many points.</summary>
    public Money Cash(Points points)
    {
        var rest = Worth - new Money((long)decimal.Floor(points.Hundredths * PointValue));
        return rest.IsNegative ? Money.Zero : rest;
    }
}

public sealed class Quotes(MemberLedger ledger, Membership membership, ProgrammeLibrary library, IPartners partners, IPricesGifts gifts)
{
    public async Task<Outcome<Quote>> Ask(MemberId memberId, QuoteRequest request, Caller caller, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return Problem.NotFound($"Member \"{memberId}\"");
        var rules = await library.Now(cancellation);
        var account = await ledger.Now(profile.MemberId, rules, cancellation);
        if (request.Gift is { } gift)
        {
            var priced = await gifts.Price(gift, request.Quantity, profile, account, rules, cancellation);
            return priced.Problem is { } wrong ? wrong : QuoteRules.Gift(rules, account, priced.Value);
        }
        if (request.Bill!.Partner is { } partner && await partners.Unknown(partner, "$.bill.partner", cancellation) is { } nobody) return nobody;
        var bill = request.Bill.DealerId is null && caller.Dealer is { } own ? request.Bill with { DealerId = own } : request.Bill;
        var terms = SpendingTerms.Of(rules.Current, request.Wallet, bill, "$.bill");
        if (terms.Problem is { Kind: ProblemKind.Conflict } refused) return QuoteRules.Refused(rules, account, request.Wallet, bill,
            refused);
        return terms.Problem is { } problem ? problem : QuoteRules.Bill(terms.Value, account, bill.Amount, rules.Today);
    }
}
