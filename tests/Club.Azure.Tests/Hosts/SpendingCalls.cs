namespace Club.Azure.Tests.Hosts;

/// <summary>Calls that move points, stock and vouchers.</summary>
internal static partial class CallList
{
    private static IEnumerable<Call> Spending =>
    [
        new("Quote", "POST", "/api/members/{m}/quotes", """{"bill":{"amount":700.00,"dealerId":"D021"}}"""),
        new("Quote", "POST", "/api/members/{m}/quotes", """{"gift":"NOTHING"}"""), new("Quote", "POST", "/api/members/M0/quotes", """{"bill":{"amount":1}}"""),
        new("Quote", "POST", "/api/members/{m}/quotes", """{"bill":{"amount":-1}}"""),
        Once("Redeem", "/api/members/{m}/redemptions", Spend(100, hold: true), "till-1", "d=redemptionId"),
        Once("Redeem", "/api/members/{m}/redemptions", Spend(100, hold: true), "till-1"), Once("Redeem", "/api/members/{m}/redemptions", Spend(110), "till-1"),
        new("Redeem", "POST", "/api/members/{m}/redemptions", Spend(100)), Once("Redeem", "/api/members/{m}/redemptions", Spend(900_000_000), "till-2"),
        Once("Redeem", "/api/members/{m}/redemptions", Spend(-5), "till-3"), Once("Redeem", "/api/members/M0/redemptions", Spend(100), "till-4"),
        Once("ConfirmRedemption", "/api/redemptions/{d}/confirm", "", "till-5"), Once("ConfirmRedemption", "/api/redemptions/{d}/confirm", "", "till-6"),
        Once("CancelRedemption", "/api/redemptions/{d}/cancel", """{"reason":"x"}""", "till-7"), Once("CancelRedemption", "/api/redemptions/none/cancel", "{}", "till-8"),
        Once("RefundRedemption", "/api/redemptions/{d}/refund", """{"points":50,"reason":"x"}""", "till-9"),
        Once("RefundRedemption", "/api/redemptions/{d}/refund", """{"points":51,"reason":"x"}""", "till-10"),
        Once("RefundRedemption", "/api/redemptions/M0.none/refund", """{"reason":"x"}""", "till-11"),
        Get("Redemption", "/api/redemptions/{d}"), Get("Redemption", "/api/redemptions/none"),
        Get("RedemptionRequest", "/api/redemption-requests?source=/dms/D021&id=none"), Get("RedemptionRequest", "/api/redemption-requests?source=x"),
        Get("MemberRedemptions", "/api/members/{m}/redemptions"), Get("MemberRedemptions", "/api/members/M0/redemptions"),
        Get("MemberRedemptions", "/api/members/{m}/redemptions?limit=x"),
    ];

    private static IEnumerable<Call> Giving =>
    [
        Once("TransferPoints", "/api/members/{m}/transfers", """{"to":{"phone":"13800040002"},"points":10,"reason":"生日快乐"}""", "give-1"),
        Once("TransferPoints", "/api/members/{m}/transfers", """{"to":{"cardNumber":"{c}"},"points":10}""", "give-2"),
        Once("TransferPoints", "/api/members/{m}/transfers", """{"to":{"memberId":"M0"},"points":10}""", "give-3"),
        Once("TransferPoints", "/api/members/M0/transfers", """{"to":{"phone":"13800040002"},"points":10}""", "give-4"),
        Once("TransferPoints", "/api/members/{m}/transfers", """{"to":{},"points":0.001}""", "give-5"),
        new("TransferPoints", "POST", "/api/members/{m}/transfers", """{"to":{"phone":"13800040002"},"points":10}"""),
        Get("MemberTransfers", "/api/members/{m}/transfers"), Get("MemberTransfers", "/api/members/M0/transfers"),
        Once("Donate", "/api/members/{m}/donations", """{"cause":"nothing","points":10}""", "give-6"),
        Once("Donate", "/api/members/M0/donations", """{"cause":"nothing","points":10}""", "give-7"),
        Once("Donate", "/api/members/{m}/donations", """{"cause":"nothing","points":-1}""", "give-8"),
        new("ConsentToFamily", "PUT", "/api/members/{m}/family/M0", "{}"), new("ConsentToFamily", "PUT", "/api/members/{m}/family/{m}", "{}"),
        new("LeaveFamily", "DELETE", "/api/members/{m}/family/M0"), new("LeaveFamily", "DELETE", "/api/members/M0/family/M0"),
        Get("Family", "/api/members/{m}/family"), Get("Family", "/api/members/M0/family"),
    ];

    private static IEnumerable<Call> Adjusting =>
    [
        Once("Adjust", "/api/members/{m}/adjustments", """{"wallet":"club","points":100,"reason":"补录","author":"A017"}""", "adjust-1"),
        Once("Adjust", "/api/members/{m}/adjustments", """{"wallet":"club","points":900000000,"reason":"补录","author":"A017"}""", "adjust-2", "a=adjustmentId"),
        Once("Adjust", "/api/members/{m}/adjustments", """{"wallet":"club","points":-900000000,"reason":"x"}""", "adjust-3"),
        Once("Adjust", "/api/members/{m}/adjustments", """{"wallet":"none","points":1,"reason":"x"}""", "adjust-4"),
        Once("Adjust", "/api/members/M0/adjustments", """{"wallet":"club","points":1,"reason":"x"}""", "adjust-5"),
        Once("ApproveAdjustment", "/api/adjustments/{a}/approve", """{"author":"A017"}""", "adjust-6"),
        Once("RefuseAdjustment", "/api/adjustments/{a}/refuse", "{}", "adjust-7"),
        Once("RefuseAdjustment", "/api/adjustments/{a}/refuse", """{"reason":"凭证不足","author":"B018"}""", "adjust-8"),
        Once("ApproveAdjustment", "/api/adjustments/{a}/approve", """{"author":"B018"}""", "adjust-9"),
        Once("ApproveAdjustment", "/api/adjustments/M0.none/approve", "{}", "adjust-10"),
        Get("Adjustments", "/api/adjustments?state=refused"), Get("Adjustments", "/api/adjustments?state=open"), Get("Adjustments", "/api/adjustments?limit=x"),
    ];

    private static IEnumerable<Call> Doubts =>
    [
        Get("Suspicions", "/api/suspicions?state=open"), Get("Suspicions", "/api/suspicions?state=x"), Get("Suspicions", "/api/suspicions?limit=x"),
        Once("ClearSuspicion", "/api/suspicions/none/clear", """{"reason":"已核对"}""", "doubt-1"),
        Once("ClearSuspicion", "/api/suspicions/M0.none/clear", "{}", "doubt-2"),
        Once("ConfirmSuspicion", "/api/suspicions/M0.none/confirm", """{"reason":"假单"}""", "doubt-3"),
        new("ConfirmSuspicion", "POST", "/api/suspicions/none/confirm", """{"reason":"假单"}"""),
    ];

    private static IEnumerable<Call> Subscriptions =>
    [
        new("PutSubscription", "PUT", "/api/subscriptions/crm", """{"url":"http://crm.example/","types":["club.*"]}"""),
        new("PutSubscription", "PUT", "/api/subscriptions/crm", """{"url":"https://127.0.0.1/","types":["club.*"]}"""),
        new("PutSubscription", "PUT", "/api/subscriptions/crm", """{"url":"https://crm.example/","types":["club.x"]}"""),
        new("PutSubscription", "PUT", "/api/subscriptions/c%20m", """{"url":"https://crm.example/","types":["club.*"]}"""),
        Get("Subscriptions", "/api/subscriptions"), Get("Subscriptions", "/api/subscriptions?limit=x"), Get("Subscription", "/api/subscriptions/none"),
        new("DeleteSubscription", "DELETE", "/api/subscriptions/none"), new("RotateSecret", "POST", "/api/subscriptions/none/secret", "{}"),
        new("EnableSubscription", "POST", "/api/subscriptions/none/enable", "{}"), new("DisableSubscription", "POST", "/api/subscriptions/none/disable"),
        new("TestSubscription", "POST", "/api/subscriptions/none/test"), new("ReplayEvents", "POST", "/api/subscriptions/none/replay", "{}"),
        new("ReplayEvents", "POST", "/api/subscriptions/none/replay", """{"from":"2026-03-02T00:00:00+08:00"}"""),
        Get("EventDeliveries", "/api/subscriptions/none/deliveries"), Get("EventDeliveries", "/api/subscriptions/none/deliveries?state=x"),
        new("ResendEvent", "POST", "/api/subscriptions/none/deliveries/evt_1/resend"),
    ];

    private static IEnumerable<Call> Partners =>
    [
        new("NamePartner", "PUT", "/api/partners/air", """{"name":"航空公司"}"""), new("NamePartner", "PUT", "/api/partners/air", """{"name":"航空"}"""),
        new("NamePartner", "PUT", "/api/partners/air", "{}"), new("Agree", "POST", "/api/partners/air/agreements", Agreement("2998-01-01", "2998-12-31")),
        new("Agree", "POST", "/api/partners/air/agreements", Agreement("2998-12-31", "2999-01-31")),
        new("Agree", "POST", "/api/partners/air/agreements", Agreement("2001-01-01", "2001-12-31")),
        new("Agree", "POST", "/api/partners/none/agreements", Agreement("2998-01-01", "2998-12-31")),
        Get("Partners", "/api/partners"), Get("Partners", "/api/partners?limit=x"), Get("Partner", "/api/partners/none"),
        Once("Exchange", "/api/members/{m}/exchanges", """{"partner":"air","direction":"out","points":10,"reference":"R1"}""", "exchange-1"),
        Once("Exchange", "/api/members/{m}/exchanges", """{"partner":"none","direction":"out","points":10,"reference":"R1"}""", "exchange-2"),
        Once("Exchange", "/api/members/{m}/exchanges", """{"partner":"air","direction":"up","points":10,"reference":"R1"}""", "exchange-3"),
        Once("Exchange", "/api/members/M0/exchanges", """{"partner":"air","direction":"out","points":10,"reference":"R1"}""", "exchange-4"),
    ];

    private static IEnumerable<Call> Settling =>
    [
        Get("Settlements", "/api/settlements/2020-01"), Get("Settlements", "/api/settlements/2020-01?format=csv"), Get("Settlements", "/api/settlements/2020-13"),
        Get("Settlements", "/api/settlements/2020-01?format=pdf"), Get("Settlement", "/api/settlements/2020-01/programme"), Get("Settlement", "/api/settlements/2020-01/partner:none"),
        Get("Settlement", "/api/settlements/2020-01/air?format=csv"), Get("SettlementLines", "/api/settlements/2020-01/air/lines"),
        Get("SettlementLines", "/api/settlements/2020-01/air/lines?line=lost"), Get("SettlementLines", "/api/settlements/2020-01/none/lines"),
        new("CloseSettlement", "POST", "/api/settlements/2020-01/close", "{}"), new("CloseSettlement", "POST", "/api/settlements/2998-01/close", "{}"),
        new("CloseSettlement", "POST", "/api/settlements/x/close", "{}"), Get("Liability", "/api/liability?on=2020-01-31"), Get("Liability", "/api/liability?on=x"),
    ];

    private static IEnumerable<Call> Referrals =>
    [
        new("Refer", "POST", "/api/members/{m}/referrals", """{"phone":"13300133000","name":"李雷"}"""), new("Refer", "POST", "/api/members/{m}/referrals", "{}"),
        new("Refer", "POST", "/api/members/{m}/referrals", """{"phone":"13300133000","name":"李雷"}"""), new("Refer", "POST", "/api/members/M0/referrals", """{"phone":"13300133000"}"""),
        new("Refer", "POST", "/api/members/{m}/referrals", """{"vin":"x"}"""), Get("MemberReferrals", "/api/members/{m}/referrals"),
        Get("MemberReferrals", "/api/members/M0/referrals"), Get("Referrals", "/api/referrals?state=open&dealerId=D021"), Get("Referrals", "/api/referrals?state=lost"),
        Get("Referrals", "/api/referrals?limit=x"),
        Get("Repurchases", "/api/repurchases?state=open&dealerId=D021"), Get("Repurchases", "/api/repurchases?state=bought"), Get("Repurchases", "/api/repurchases?limit=x"),
        Get("RepurchaseConversion", "/api/repurchases/conversion?from=2026-01&to=2026-12"), Get("RepurchaseConversion", "/api/repurchases/conversion?from=March"),
        new("FollowRepurchase", "POST", "/api/repurchases/M0.x/follow-ups", """{"note":"年底再联系"}"""),
        new("FollowRepurchase", "POST", "/api/repurchases/M0.x/follow-ups", """{"note":"年底再联系","lost":true,"nextOn":"2026-12-31"}"""),
        new("FollowRepurchase", "POST", "/api/repurchases/M0.x/follow-ups", "{}"),
    ];

    private static IEnumerable<Call> Dealers =>
    [
        new("PutDealer", "PUT", "/api/dealers/D021", """{"name":"城南店","city":"北京","location":{"latitude":39.9,"longitude":116.4},"capabilities":["sales"]}"""),
        new("PutDealer", "PUT", "/api/dealers/D021", """{"name":"城南店","location":{"latitude":116.4,"longitude":39.9}}"""), new("PutDealer", "PUT", "/api/dealers/a%20b", """{"name":"x"}"""),
        new("PutDealer", "PUT", "/api/dealers/D021", """{"name":"城南店","region":"shangai"}"""), Get("Dealer", "/api/dealers/D021"), Get("Dealer", "/api/dealers/a%20b"),
        Get("Dealers", "/api/dealers?city=北京"), Get("Dealers", "/api/dealers?open=maybe"), Get("Dealers", "/api/dealers?limit=x"), Get("Dealers", "/api/dealers?limit=1"),
        Get("Leaderboard", "/api/dealers/leaderboard?month=2026-03&by=members"), Get("Leaderboard", "/api/dealers/leaderboard?month=March"),
        Get("Leaderboard", "/api/dealers/leaderboard?by=luck"),
        new("AskDealerBudget", "PUT", "/api/dealers/D021/budgets/2999-01", """{"amount":5000,"purpose":"客户关怀日","author":"李主任"}"""),
        new("AskDealerBudget", "PUT", "/api/dealers/D021/budgets/2001-01", """{"amount":5000,"purpose":"客户关怀日"}"""),
        new("AskDealerBudget", "PUT", "/api/dealers/D021/budgets/2999-01", """{"amount":0,"purpose":"x"}"""),
        new("ApproveDealerBudget", "POST", "/api/dealers/D021/budgets/2999-01/approve", """{"amount":4000,"author":"赵会计"}"""),
        new("ApproveDealerBudget", "POST", "/api/dealers/D021/budgets/2999-01/approve", """{"author":"李主任"}"""),
        new("ApproveDealerBudget", "POST", "/api/dealers/D021/budgets/2999-01/approve", """{"amount":5000,"author":"赵会计"}"""),
        new("RefuseDealerBudget", "POST", "/api/dealers/D021/budgets/2999-01/refuse", """{"reason":"下月再议","author":"赵会计"}"""),
        new("RefuseDealerBudget", "POST", "/api/dealers/D021/budgets/2999-02/refuse", """{"reason":"下月再议"}"""),
        Get("DealerBudgets", "/api/dealers/budgets?dealerId=D021&state=approved"), Get("DealerBudgets", "/api/dealers/budgets?state=lost"),
        new("WriteDealerPlan", "PUT", "/api/dealers/D021/plan", """{"plan":{"rules":[{"id":"a","when":{},"award":{"rate":1},"from":"2999-01-01","to":"2999-01-31"}]},"author":"李主任"}"""),
        new("WriteDealerPlan", "PUT", "/api/dealers/D021/plan", """{"plan":{"rules":{}}}"""), new("WriteDealerPlan", "PUT", "/api/dealers/D021/plan", "{}"),
        Get("DealerPlan", "/api/dealers/D021/plan"), Get("DealerPlan", "/api/dealers/NONE/plan"),
        new("SuspendDealerPlan", "POST", "/api/dealers/D021/plan/suspend", """{"reason":"与总部活动冲突","author":"孙经理"}"""),
        new("SuspendDealerPlan", "POST", "/api/dealers/NONE/plan/suspend", """{"reason":"x"}"""),
        new("ResumeDealerPlan", "POST", "/api/dealers/D021/plan/resume", """{"author":"孙经理"}"""), new("ResumeDealerPlan", "POST", "/api/dealers/NONE/plan/resume", "{}"),
        new("CloseDealer", "POST", "/api/dealers/D021/close", """{"on":"2999-01-01","into":"D021","reason":"x"}"""), new("CloseDealer", "POST", "/api/dealers/D021/close", "{}"),
        new("CloseDealer", "POST", "/api/dealers/D021/close", """{"on":"2999-01-01","reason":"网络调整"}"""), new("CloseDealer", "POST", "/api/dealers/NONE/close", """{"on":"2999-01-01","reason":"x"}"""),
        new("OpenDealer", "POST", "/api/dealers/D021/open", """{"on":"2020-01-01"}"""), new("OpenDealer", "POST", "/api/dealers/NONE/open", """{"on":"2020-01-01"}"""),
    ];

    /// <summary>Where the rule book lets nobody spend, orders are refused; the rest goes on.</summary>
    private static IEnumerable<Call> Gifts =>
    [
        new("PutGift", "PUT", "/api/gifts/MUG", """{"name":"马克杯","category":"家居","kind":"goods","from":"2026-01-01","price":{"points":300},"collect":"dealer"}"""),
        new("PutGift", "PUT", "/api/gifts/WASH", """{"name":"洗车券","category":"服务","kind":"voucher","from":"2026-01-01","price":{"points":50},"validMonths":6}"""),
        new("PutGift", "PUT", "/api/gifts/MUG", """{"name":"马克杯"}"""), new("PutGift", "PUT", "/api/gifts/a b", "{}"),
        new("PutGift", "PUT", "/api/gifts/WASH", """{"name":"x","category":"x","kind":"goods","from":"2026-01-01","price":{"points":1}}""") { Headers = { ["If-Match"] = "\"0\"" } },
        Get("Gift", "/api/gifts/NONE"), Get("Gifts", "/api/gifts?limit=0"), Get("Gifts", "/api/gifts?offered=maybe"),
        Once("ChangeStock", "/api/gifts/MUG/stock", """{"change":10,"reason":"到货"}""", "s1"), Once("ChangeStock", "/api/gifts/MUG/stock", """{"change":10,"reason":"到货"}""", "s1"),
        Once("ChangeStock", "/api/gifts/MUG/stock", """{"change":-11,"reason":"盘点"}""", "s2"), Once("ChangeStock", "/api/gifts/NONE/stock", """{"change":1,"reason":"x"}""", "s3"),
        new("ChangeStock", "POST", "/api/gifts/MUG/stock", """{"change":1,"reason":"x"}"""), Get("Gifts", "/api/gifts?category=%E7%A4%BC%E5%93%81"),
        Once("MakeVouchers", "/api/vouchers/batches", """{"gift":"WASH","count":1000}""", "b1"), Once("MakeVouchers", "/api/vouchers/batches", """{"gift":"MUG","count":1}""", "b2"),
        Once("MakeVouchers", "/api/vouchers/batches", """{"gift":"NONE","count":1}""", "b3"), Once("MakeVouchers", "/api/vouchers/batches", """{"gift":"WASH","codes":["x"]}""", "b4"),
        Get("VoucherBatch", "/api/voucher-batches/none"), Get("Voucher", "/api/vouchers/CINEMA-001"), Get("Voucher", "/api/vouchers/VAAA-AAAA-AAAA-AAAA-AAA0"),
        Once("UseVoucher", "/api/vouchers/CINEMA-001/use", """{"dealerId":"D021"}""", "u1"), Once("UseVoucher", "/api/vouchers/VAAA-AAAA-AAAA-AAAA-AAA0/use", "{}", "u2"),
        new("UseVoucher", "POST", "/api/vouchers/CINEMA-001/use", "{}"),
        Once("PlaceOrder", "/api/members/{m}/orders", """{"gift":"MUG","quantity":20,"collectAt":"D021"}""", "o1"), Once("PlaceOrder", "/api/members/{m}/orders", """{"gift":"NONE"}""", "o2"),
        Once("PlaceOrder", "/api/members/{m}/orders", """{"gift":"MUG"}""", "o3"), Once("PlaceOrder", "/api/members/M0/orders", """{"gift":"MUG","collectAt":"D021"}""", "o4"),
        new("PlaceOrder", "POST", "/api/members/{m}/orders", """{"gift":"MUG"}"""), Once("PlaceOrder", "/api/members/{m}/orders", """{"gift":"MUG","quantity":-1}""", "o5"),
        Once("ConfirmOrder", "/api/orders/none/confirm", "{}", "c1"), Once("ShipOrder", "/api/orders/none/ship", "{}", "c2"), Once("ReadyOrder", "/api/orders/none/ready", "{}", "c3"),
        Once("CompleteOrder", "/api/orders/none/done", "{}", "c4"), Once("CancelOrder", "/api/orders/none/cancel", """{"reason":"x"}""", "c5"), Once("CancelOrder", "/api/orders/none/cancel", "{}", "c6"),
        Get("Order", "/api/orders/none"), Get("Orders", "/api/orders?state=placed&dealerId=D021"), Get("Orders", "/api/orders?state=lost"), Get("Orders", "/api/orders?limit=x"),
        Get("MemberOrders", "/api/members/{m}/orders"), Get("MemberOrders", "/api/members/M0/orders"),
    ];

    private static string Spend(decimal points, bool hold = false) =>
        $$$"""{"wallet":"club","points":{{{points}}},"hold":{{{(hold ? "true" : "false")}}},"for":{"kind":"bill","amount":700.00,"dealerId":"D021","reference":"WO-1"}}""";

    private static string Agreement(string from, string to) =>
        $$"""{"from":"{{from}}","to":"{{to}}","billing":"onIssue","pricePerPoint":0.02,"redeemsAt":0.01,"exchange":{"in":0.5,"out":2} }""";

    private static Call Once(string function, string path, string body, string key, string? remember = null) =>
        new(function, "POST", path, body, remember) { Headers = { ["Idempotency-Key"] = key } };
}
