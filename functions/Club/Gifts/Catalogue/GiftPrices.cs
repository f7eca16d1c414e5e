using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Spending;
using Club.Store;

namespace Club.Gifts;

/// <summary>What a gift costs a member, for quotes.</summary>
internal sealed class GiftPrices(IClubStore store, GiftCatalogue catalogue, GiftStocks stocks, OrderFacts facts, ClubCalendar calendar)
    : IPricesGifts
{
    public async Task<Outcome<GiftPrice>> Price(string gift, int quantity, Profile profile, Account account, ProgrammeVersions rules,
        CancellationToken cancellation)
    {
        if (await catalogue.Read(gift, cancellation) is not { Value: var found })
            return await store.Unknown(gift, "$.gift", cancellation);
        var had = await facts.Had(profile.MemberId, found, cancellation);
        var stock = await stocks.Of(found, cancellation);
        return GiftRules.Price(found, quantity, account.Tier.Code, rules.Current, GiftRules.Reasons(found, quantity, profile,
            account.Tier.Code, rules.Current, calendar.DateOf(profile.JoinedAt), had, stock?.Left, rules.Today));
    }
}
