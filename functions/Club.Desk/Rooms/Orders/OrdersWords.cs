using Club.Desk.Words;
using Club.Gifts;

namespace Club.Desk.Rooms.Orders;

/// <summary>What the room of orders says.</summary>
public static class OrdersWords
{
    public static readonly Said Orders = new("Orders", "订单");
    public static readonly Said Order = new("Order", "订单");
    public static readonly Said Any = new("all", "全部");
    public static readonly Said Dealer = new("Fetched at", "自提经销商");
    public static readonly Said Find = new("Show", "查询");
    public static readonly Said None = new("There is no such order.", "没有符合条件的订单。");
    public static readonly Said What = new("Gift", "礼品");
    public static readonly Said Pieces = new("{0} × {1}", "{1}（{0}件）");
    public static readonly Said State = new("State", "状态");
    public static readonly Said Until = new("until {0}", "至{0}");
    public static readonly Said Member = new("Member", "会员");
    public static readonly Said Paid = new("Paid with", "支付");
    public static readonly Said Points = new("{0} points", "{0}分");
    public static readonly Said Collected = new("Handed over", "交付方式");
    public static readonly Said At = new("at {0}", "{0}自提");
    public static readonly Said Sent = new("sent", "寄送");
    public static readonly Said AtOnce = new("nothing to fetch", "无需领取");
    public static readonly Said When = new("Ordered", "下单时间");
    public static readonly Said By = new("by {0}", "操作人：{0}");
    public static readonly Said Next = new("Next step", "下一步");
    public static readonly Said Reference = new("Tracking number", "运单号");
    public static readonly Said Cancel = new("Cancel…", "取消…");
    public static readonly Said CancelOf = new("Cancel {0}", "取消{0}");
    public static readonly Said CancelNow = new("Cancel the order", "取消订单");
    public static readonly Said Address = new("Send to", "收件信息");
    public static readonly Said Steps = new("Steps", "进度");
    public static readonly Said Vouchers = new("Vouchers", "礼券");
    public static readonly Said Good = new("good until {0}", "有效期至{0}");

    /// <summary>What a state is called in addresses and forms.</summary>
    public static string WordOf(OrderState state) => $"{state}".ToLowerInvariant();

    /// <summary>Those that somebody is told of.</summary>
    public static IReadOnlyList<OrderState> States { get; } =
        [OrderState.Placed, OrderState.Confirmed, OrderState.Shipped, OrderState.Ready, OrderState.Done, OrderState.Cancelled];

    /// <summary>Null: it is the word of none.</summary>
    public static OrderState? StateOf(string? word) =>
        States.Where(state => WordOf(state) == word).Select(state => (OrderState?)state).FirstOrDefault();

    public static Said Of(OrderState state) => state switch
    {
        OrderState.Placed => new("placed", "已下单"),
        OrderState.Confirmed => new("confirmed", "已确认"),
        OrderState.Shipped => new("sent", "已发货"),
        OrderState.Ready => new("ready to be fetched", "可自提"),
        OrderState.Done => new("handed over", "已完成"),
        OrderState.Cancelled => new("cancelled", "已取消"),
        OrderState.Opening => new("on its way", "处理中"),
        OrderState.Failed => new("not placed", "未成功"),
        _ => new($"{state}", $"{state}"),
    };

    /// <summary>What leads there.</summary>
    public static Said StepTo(OrderState state) => state switch
    {
        OrderState.Confirmed => new("Confirm", "确认"),
        OrderState.Shipped => new("Send", "发货"),
        OrderState.Ready => new("Ready", "备好"),
        OrderState.Done => new("Hand over", "完成"),
        _ => Of(state),
    };

    public static Said? DoneOf(string? done) => StateOf(done) switch
    {
        OrderState.Confirmed => new("The order is confirmed.", "订单已确认。"),
        OrderState.Shipped => new("The order is on its way.", "订单已发货。"),
        OrderState.Ready => new("The order is ready.", "订单已备好。"),
        OrderState.Done => new("The order is handed over.", "订单已完成。"),
        OrderState.Cancelled => new("The order is cancelled; stock and points are free.", "订单已取消，库存和积分已释放。"),
        _ => null,
    };
}
