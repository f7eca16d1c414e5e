using Club.Care;

namespace Club.Desk.Words;

/// <summary>The occasions of the care plan, as the rule book names them.</summary>
public static class OccasionTerms
{
    /// <summary>What somebody is called or written to about, by the occasion that the list keeps.</summary>
    public static Said About(string occasion) => OccasionKeys.KindOf(occasion) switch
    {
        OccasionKeys.Anniversary => Of("purchaseAnniversary"),
        "activity" => Of("activityInvitation"),
        OccasionKeys.Order => new("order", "订单"),
        var kind => Of(kind),
    };

    public static Said Of(string occasion) => occasion switch
    {
        "welcome" => new("welcome", "入会欢迎"),
        "birthday" => new("birthday", "生日"),
        "purchaseAnniversary" => new("purchase anniversary", "购车周年"),
        "pointsExpiring" => new("points expire", "积分到期"),
        "tierExpiring" => new("tier ends", "等级到期"),
        "maintenanceDue" => new("maintenance due", "保养到期"),
        "winBack" => new("win back", "流失赢回"),
        "insuranceEnd" => new("insurance ends", "保险到期"),
        "activityInvitation" => new("activity invitation", "活动邀约"),
        "complaintFollowUp" => new("complaint follow-up", "投诉回访"),
        "orderPlaced" => new("order placed", "订单已提交"),
        "orderConfirmed" => new("order confirmed", "订单已确认"),
        "orderShipped" => new("order sent", "订单已发货"),
        "orderReady" => new("order ready", "订单可领取"),
        "orderDone" => new("order done", "订单完成"),
        "orderCancelled" => new("order cancelled", "订单取消"),
        _ => new(occasion, occasion),
    };
}
