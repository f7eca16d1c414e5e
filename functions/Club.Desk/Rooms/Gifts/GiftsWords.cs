using Club.Desk.Words;
using Club.Gifts;

namespace Club.Desk.Rooms.Gifts;

/// <summary>What the room of gifts says.</summary>
public static class GiftsWords
{
    public static readonly Said Gifts = new("Gifts", "礼品");
    public static readonly Said Gift = new("Gift", "礼品");
    public static readonly Said Category = new("Category", "类别");
    public static readonly Said Which = new("Which", "范围");
    public static readonly Said Every = new("all", "全部");
    public static readonly Said OfToday = new("offered today", "今日可兑换");
    public static readonly Said Find = new("Show", "查询");
    public static readonly Said None = new("There is no such gift.", "没有符合条件的礼品。");
    public static readonly Said Price = new("Costs", "兑换价");
    public static readonly Said Points = new("{0} points", "{0}分");
    public static readonly Said PointsAndCash = new("{0} points and {1}", "{0}分加{1}");
    public static readonly Said Chosen = new("{0} to {1} points, the rest of {2} in cash", "{0}至{1}分，{2}的其余部分付现金");
    public static readonly Said OfTier = new("{0}: {1}", "{0}会员：{1}");
    public static readonly Said Days = new("Offered", "兑换期");
    public static readonly Said From = new("from {0}", "{0}起");
    public static readonly Said Span = new("{0} to {1}", "{0}至{1}");
    public static readonly Said NotNow = new("not now", "未开放");
    public static readonly Said Total = new("Total", "总量");
    public static readonly Said Promised = new("Promised", "已占用");
    public static readonly Said Left = new("Left", "剩余");
    public static readonly Said Uncounted = new("not counted", "不计库存");
    public static readonly Said Stock = new("Stock", "库存");
    public static readonly Said ChangeOf = new("Change the stock of {0}", "调整{0}的库存");
    public static readonly Said Change = new("Pieces, below zero for what goes out", "数量（出库填负数）");
    public static readonly Said Save = new("Change", "调整");
    public static readonly Said StockChanged = new("The stock is changed.", "库存已调整。");

    public static Said Of(GiftKind kind) => kind switch
    {
        GiftKind.Goods => new("goods", "实物"),
        GiftKind.Voucher => new("voucher", "礼券"),
        GiftKind.Service => new("service", "服务"),
        _ => new($"{kind}", $"{kind}"),
    };

    public static Said PriceOf(GiftCost cost) => cost switch
    {
        { Points: { } points, Cash: { Fen: not 0 } cash } => PointsAndCash.With(Show.Points(points), Show.Money(cash.Yuan)),
        { Points: { } points } => Points.With(Show.Points(points)),
        _ => Chosen.With(Show.Points(cost.Least ?? default), Show.Points(cost.Most ?? default), Show.Money((cost.Worth ?? default).Yuan)),
    };
}
