namespace Club.Desk.Words;

/// <summary>What calls do, in words: one for each function and for each page and form of the console.</summary>
public static class ActionWords
{
    private const string OfConsole = "Console:";

    private static readonly Dictionary<string, Said> Words = new(StringComparer.Ordinal);

    static ActionWords()
    {
        Name(new("looked for members", "查找会员"), "Members", "SearchPage");
        Name(new("read a member", "查看会员"), "Member", "MemberPage");
        Name(new("drew a member's code", "查看会员二维码"), "MemberCode");
        Name(new("read an account", "查看积分账户"), "MemberAccount");
        Name(new("read entries", "查看分录"), "MemberEntries", "EntriesPage");
        Name(new("had a proof of a history", "获取历史证明"), "MemberProof");
        Name(new("read roots of the ledger", "查看账本根值"), "ProofRoots", "RootsPage");
        Name(new("compared the ledger with its root", "核对账本与根值"), "CheckRoot");
        Name(new("had an entry explained", "查看分录说明"), "EntryExplanation");
        Name(new("read benefits", "查看礼遇"), "MemberBenefits", "BenefitsPage");
        Name(new("used a benefit", "使用礼遇"), "UseBenefit");
        Name(new("took a use back", "撤销礼遇使用"), "UndoBenefitUse", "UndoBenefit");
        Name(new("asked what something may cost", "询价"), "Quote", "TillPage");
        Name(new("spent points", "兑换积分"), "Redeem", "SpendPoints");
        Name(new("confirmed a hold", "确认冻结积分"), "ConfirmRedemption");
        Name(new("let a hold go", "取消冻结积分"), "CancelRedemption");
        Name(new("gave points back", "退还积分"), "RefundRedemption");
        Name(new("followed a redemption up", "处理兑换"), "FollowRedemption");
        Name(new("read redemptions", "查看兑换记录"), "Redemption", "MemberRedemptions", "RedemptionRequest");
        Name(new("gave points to another member", "转赠积分"), "TransferPoints");
        Name(new("read what a member gave", "查看转赠记录"), "MemberTransfers");
        Name(new("donated points", "捐赠积分"), "Donate");
        Name(new("exchanged points with a partner", "与合作伙伴互换积分"), "Exchange");
        Name(new("took somebody for family", "同意结为家庭"), "ConsentToFamily");
        Name(new("left a family", "退出家庭"), "LeaveFamily");
        Name(new("read who is family", "查看家庭"), "Family");
        Name(new("asked for a correction of points", "申请积分调整"), "Adjust", "CorrectPoints");
        Name(new("agreed to a correction of points", "批准积分调整"), "ApproveAdjustment");
        Name(new("refused a correction of points", "驳回积分调整"), "RefuseAdjustment");
        Name(new("read corrections of points", "查看积分调整"), "Adjustments", "AdjustmentsPage");
        Name(new("named a partner", "登记合作伙伴"), "NamePartner", "NewPartner");
        Name(new("took an agreement down", "登记合作协议"), "Agree", "NewAgreement");
        Name(new("read partners", "查看合作伙伴"), "Partner", "Partners", "PartnersPage", "PartnerPage");
        Name(new("read statements of parties", "查看结算单"), "Settlements", "Settlement", "SettlementLines", "SettlementPage",
            "StatementPage", "StatementLinesPage", "StatementFile");
        Name(new("closed a month's settlement", "关账"), "CloseSettlement", "CloseMonth");
        Name(new("read the liability", "查看积分负债"), "Liability", "LiabilityPage");
        Name(new("read subscriptions", "查看订阅"), "Subscriptions", "Subscription", "SubscriptionsPage", "SubscriptionPage", "EventDeliveries");
        Name(new("kept a subscription", "设置订阅"), "PutSubscription", "SaveSubscription");
        Name(new("deleted a subscription", "删除订阅"), "DeleteSubscription");
        Name(new("changed the secret of a subscription", "更换订阅密钥"), "RotateSecret");
        Name(new("enabled a subscription", "启用订阅"), "EnableSubscription");
        Name(new("disabled a subscription", "停用订阅"), "DisableSubscription");
        Name(new("tried a subscription", "测试订阅"), "TestSubscription");
        Name(new("had events sent again", "重新推送事件"), "ReplayEvents", "ResendEvent", "SendEventAgain");
        Name(new("did something to a subscription", "处理订阅"), "StepSubscription");
        Name(new("reported a buyer", "报备转介绍"), "Refer", "ReportPage", "ReportBuyer");
        Name(new("read referrals", "查看转介绍"), "Referrals", "MemberReferrals", "ReferralsPage");
        Name(new("read who is asked for another vehicle", "查看重购跟进"), "Repurchases", "RepurchaseConversion", "RepurchasesPage", "RepurchasePage");
        Name(new("asked an owner for another vehicle", "登记重购跟进"), "FollowRepurchase", "KeepRepurchase");
        Name(new("looked at the day", "查看今日工作"), "Today", "TodayPage");
        Name(new("read bills in doubt", "查看疑似假单"), "Suspicions", "DoubtsPage");
        Name(new("cleared a bill in doubt", "排除假单嫌疑"), "ClearSuspicion", "ClearDoubt");
        Name(new("found a bill false", "认定假单"), "ConfirmSuspicion", "ConfirmDoubt");
        Name(new("read dealers", "查看经销商"), "Dealers", "Dealer", "Leaderboard", "DealersPage", "DealerPage");
        Name(new("described a dealer", "登记经销商资料"), "PutDealer");
        Name(new("closed a dealer", "关闭经销商"), "CloseDealer");
        Name(new("opened a dealer", "开设经销商"), "OpenDealer");
        Name(new("read dealers' budgets", "查看经销商预算"), "DealerBudgets", "WaitingBudgetsPage");
        Name(new("asked for a dealer's budget", "申请经销商预算"), "AskDealerBudget", "AskBudget");
        Name(new("approved a dealer's budget", "批准经销商预算"), "ApproveDealerBudget", "ApproveBudget");
        Name(new("refused a dealer's budget", "驳回经销商预算"), "RefuseDealerBudget", "RefuseBudget");
        Name(new("read a dealer's plan", "查看分会计划"), "DealerPlan");
        Name(new("wrote a dealer's plan", "制定分会计划"), "WriteDealerPlan", "WritePlan");
        Name(new("suspended a dealer's plan", "暂停分会计划"), "SuspendDealerPlan", "SuspendPlan");
        Name(new("let a dealer's plan go on", "恢复分会计划"), "ResumeDealerPlan", "ResumePlan");
        Name(new("planned an activity", "策划活动"), "PutActivity", "PlanPage", "PlanActivity");
        Name(new("asked for an activity's budget", "申请活动预算"), "RequestActivityBudget");
        Name(new("agreed to an activity's budget", "批准活动预算"), "ApproveActivityBudget");
        Name(new("refused an activity's budget", "驳回活动预算"), "RefuseActivityBudget");
        Name(new("opened an activity", "开放活动报名"), "OpenActivity");
        Name(new("closed an activity", "结束活动"), "CloseActivity");
        Name(new("cancelled an activity", "取消活动"), "CancelActivity");
        Name(new("read activities", "查看活动"), "Activities", "Activity", "ActivitiesPage", "ActivityPage");
        Name(new("took an activity on", "推进活动"), "StepActivity");
        Name(new("decided about an activity's budget", "审批活动预算"), "DecideBudget");
        Name(new("read who takes part", "查看活动报名"), "SignUps", "MemberActivities");
        Name(new("signed a member up", "会员报名活动"), "SignUp");
        Name(new("took a sign-up back", "取消活动报名"), "CancelSignUp");
        Name(new("let a member in at an activity", "活动签到"), "CheckIn", "LetIn");
        Name(new("said how an activity was", "评价活动"), "TellOfActivity");
        Name(new("counted whom an activity would invite", "统计邀约人数"), "CountInvitees");
        Name(new("invited to an activity", "邀约会员参加活动"), "Invite", "InviteMembers");
        Name(new("saw how far an invitation has come", "查看邀约进度"), "Invitation");
        Name(new("drew the code at the door of an activity", "查看活动签到码"), "ActivityCode");
        Name(new("kept a photo of an activity", "上传活动照片"), "PutPhoto");
        Name(new("saw a photo of an activity", "查看活动照片"), "Photo");
        Name(new("told what a member did", "记录会员互动"), "Interact");
        Name(new("read what a member did", "查看会员互动"), "Standing");
        Name(new("read messages", "查看短信"), "Sms", "MessagesPage");
        Name(new("read what happened to a member", "查看会员历史"), "MemberHistory", "HistoryPage");
        Name(new("opened a member to change her", "打开会员办理页"), "ActsPage");
        Name(new("corrected a member", "更正会员资料"), "CorrectMember", "CorrectPerson");
        Name(new("kept what she says about messages", "更改短信同意"), "ChangeConsents", "ChangeSms");
        Name(new("moved a member to another branch", "办理转会"), "TransferMember", "MovePerson");
        Name(new("read who came and went", "查看转会记录"), "Transfers", "TransfersPage");
        Name(new("read what a member is worth", "查看会员价值"), "MemberValue");
        Name(new("read when maintenance is due", "查看保养到期"), "MemberMaintenance");
        Name(new("read who is lost", "查看流失名单"), "Churn", "ChurnPage");
        Name(new("read the value matrix", "查看价值矩阵"), "ValueMatrix", "MatrixPage");
        Name(new("read what care does", "查看关怀效果"), "CareEffects", "CarePage");
        Name(new("read whom to call", "查看待拨电话"), "Calls", "CallsPage", "CallPage");
        Name(new("kept what became of a call", "记录电话结果"), "TakeCall");
        Name(new("read whom to write to by post", "查看待寄信件"), "Letters", "LettersPage", "LettersCsv");
        Name(new("kept what became of a letter", "记录信件结果"), "TakeLetter", "KeepLetter");
        Name(new("gave a call to an advisor", "分派待拨电话"), "AssignCall", "GiveCall");
        Name(new("exported a member", "导出会员资料"), "ExportMember", "ExportFile");
        Name(new("opened an erasure", "打开删除页"), "ErasePage");
        Name(new("erased a person", "删除个人信息"), "EraseMember", "ErasePerson");
        Name(new("read the receipt of an erasure", "查看删除回执"), "Erasure", "ReceiptPage");
        Name(new("read gifts", "查看礼品"), "Gifts", "Gift", "GiftsPage");
        Name(new("changed a gift", "更改礼品"), "PutGift");
        Name(new("changed a stock", "调整库存"), "ChangeStock");
        Name(new("made vouchers", "生成礼券"), "MakeVouchers");
        Name(new("read a batch of vouchers", "查看礼券批次"), "VoucherBatch");
        Name(new("read a voucher", "查看礼券"), "Voucher");
        Name(new("used a voucher", "核销礼券"), "UseVoucher", "UseHerVoucher");
        Name(new("ordered a gift", "兑换礼品"), "PlaceOrder");
        Name(new("confirmed an order", "确认订单"), "ConfirmOrder");
        Name(new("sent an order", "订单发货"), "ShipOrder");
        Name(new("made an order ready", "订单备好"), "ReadyOrder");
        Name(new("handed an order over", "完成订单"), "CompleteOrder");
        Name(new("cancelled an order", "取消订单"), "CancelOrder");
        Name(new("read orders", "查看订单"), "Orders", "Order", "MemberOrders", "OrdersPage", "OrderPage");
        Name(new("took an order on", "跟进订单"), "StepOrder");
        Name(new("gave a tier", "授予等级"), "GrantTier");
        Name(new("took a tier back", "收回等级"), "WithdrawTier");
        Name(new("gave a member's token", "签发会员令牌"), "MemberToken");
        Name(new("took a complaint down", "受理投诉"), "OpenComplaint", "FileComplaint");
        Name(new("followed a complaint up", "跟进投诉"), "FollowComplaint");
        Name(new("read complaints", "查看投诉"), "Complaints", "MemberComplaints", "ComplaintsPage", "ComplaintPage", "HerComplaintsPage");
        Name(new("read applications", "查看申请"), "Applications", "ApplicationsPage", "ProposePage");
        Name(new("proposed a member", "提交入会申请"), "Apply", "ProposeMember");
        Name(new("approved an application", "批准入会申请"), "ApproveApplication");
        Name(new("refused an application", "拒绝入会申请"), "RefuseApplication");
        Name(new("read what waits", "查看待办"), "Work");
        Name(new("read rejections", "查看拒收记录"), "Rejections", "RejectionsPage");
        Name(new("had a rejection handled again", "重新处理拒收消息"), "ReplayRejection");
        Name(new("approved a rejection", "批准拒收消息"), "ApproveRejection");
        Name(new("read parked bills", "查看暂存交易"), "Parked", "ParkedPage");
        Name(new("read disputes", "查看争议"), "Disputes", "DisputesPage");
        Name(new("settled a dispute", "裁定争议"), "SettleDispute");
        Name(new("read dead letters", "查看死信"), "DeadLetters", "DeadLettersPage");
        Name(new("sent a dead letter again", "重新发送死信"), "ResendDeadLetter");
        Name(new("dropped a dead letter", "丢弃死信"), "DropDeadLetter");
        Name(new("read a dead letter", "查看死信"), "DeadLetter", "DeadLetterPage", "DroppedLetters");
        Name(new("made a statement", "生成对账单"), "MemberStatement");
        Name(new("fetched a file", "下载文件"), "File");
        Name(new("saved a draft of the rule book", "保存规则草稿"), "SaveProgrammeDraft", "SaveDraft");
        Name(new("published a rule book", "发布规则"), "PublishProgramme", "PublishPage", "PublishDraft");
    }

    /// <summary>One without words is told by its name.</summary>
    public static Said Of(string action)
    {
        var name = IsOfConsole(action) ? action[OfConsole.Length..] : action;
        return Words.TryGetValue(name, out var said) ? said : new Said(name, name);
    }

    public static bool Knows(string action) => Words.ContainsKey(IsOfConsole(action) ? action[OfConsole.Length..] : action);

    public static bool IsOfConsole(string action) => action.StartsWith(OfConsole, StringComparison.Ordinal);

    private static void Name(Said said, params ReadOnlySpan<string> calls)
    {
        foreach (var call in calls) Words.Add(call, said);
    }
}
