using Club.Kernel;

namespace Club.Gifts;

/// <summary>A gift as answers tell it.</summary>
/// <param name="Stock">Null: nobody counts it.</param>
/// <param name="Offered">Whether it is offered today.</param>
public sealed record GiftView(string Code, string Name, string? Description, string Category, GiftKind Kind, DateOnly From, DateOnly? To,
    WalletCode? Wallet, GiftCost Price, IReadOnlyDictionary<string, GiftCost> Tiers, GiftTerms For, GiftLimit? PerMember, Collect Collect,
    IReadOnlyList<DealerId> At, int? ValidMonths, string Party, int? HoldMinutes, DateTimeOffset ChangedAt, string Author, bool Offered,
    StockView? Stock)
{
    public static GiftView Of(Gift gift, StockView? stock, DateOnly today) => new(gift.Code, gift.Name, gift.Description, gift.Category,
        gift.Kind, gift.From, gift.To, gift.Wallet, gift.Price, gift.Tiers, gift.For, gift.PerMember, gift.Collect, gift.At,
        gift.ValidMonths, gift.Party, gift.HoldMinutes, gift.ChangedAt, gift.Author, gift.IsOffered(today), stock);
}

/// <summary>How many pieces there are.</summary>
/// <param name="Total">All that came in, less what went out otherwise than by orders.</param>
/// <param name="Promised">What orders have, or had.</param>
public sealed record StockView(long Total, long Promised, long Left);
