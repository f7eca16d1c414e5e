namespace Club.Access;

/// <summary>The one table of who may do what. Whose members, is the caller's scope: <see cref="Caller.SeesMasked"/>.</summary>
public static class Rights
{
    private static readonly Role[] Dealers = [Role.Director, Role.Advisor];

    private static readonly Dictionary<Right, Role[]> Table = new()
    {
        [Right.FindMembers] = [Role.Hq, Role.Auditor, .. Dealers],
        [Right.ReadMember] = [Role.Hq, Role.Auditor, .. Dealers, Role.Member],
        [Right.Serve] = [Role.Hq, .. Dealers],
        [Right.Redeem] = [Role.Hq, .. Dealers],
        [Right.GivePoints] = [Role.Hq, Role.Member],
        [Right.ExchangePoints] = [Role.Hq],
        [Right.ReadAdjustments] = [Role.Hq, Role.Finance, Role.Auditor],
        [Right.Adjust] = [Role.Hq],
        [Right.ReadGifts] = [Role.Hq, Role.Finance, Role.Marketing, Role.Auditor, .. Dealers, Role.Member],
        [Right.ChangeGifts] = [Role.Hq, Role.Marketing],
        [Right.Order] = [Role.Hq, .. Dealers, Role.Member],
        [Right.ReadOrders] = [Role.Hq, Role.Auditor, .. Dealers],
        [Right.FulfilOrders] = [Role.Hq, .. Dealers],
        [Right.UseVouchers] = [Role.Hq, .. Dealers],
        [Right.ReadValue] = [Role.Hq, Role.Auditor, .. Dealers],
        [Right.ReadMatrix] = [Role.Hq, Role.Finance, Role.Marketing, Role.Auditor, .. Dealers],
        [Right.ReadCare] = [Role.Hq, Role.Finance, Role.Marketing, Role.Auditor],
        [Right.ReadCalls] = [Role.Hq, Role.Auditor, .. Dealers],
        [Right.HandleCalls] = [Role.Hq, .. Dealers],
        [Right.ReadLetters] = [Role.Hq, Role.Auditor, Role.Director],
        [Right.SendLetters] = [Role.Hq, Role.Director],
        [Right.GrantTiers] = [Role.Hq],
        [Right.IssueTokens] = [],
        [Right.ReadMessages] = [Role.Hq, Role.Marketing, Role.Auditor],
        [Right.MakeStatements] = [Role.Hq, Role.Finance],
        [Right.ReadFiles] = [Role.Hq, Role.Finance, Role.Auditor],
        [Right.ReadWork] = [Role.Hq, Role.Finance, Role.Auditor],
        [Right.DoWork] = [Role.Hq],
        [Right.Approve] = [Role.Hq, Role.Finance],
        [Right.ReadRules] = [Role.Hq, Role.Finance, Role.Marketing, Role.Auditor, .. Dealers],
        [Right.TryRules] = [Role.Hq, Role.Marketing],
        [Right.ChangeRules] = [Role.Hq, Role.Marketing],
        [Right.ReadAudit] = [Role.Hq, Role.Auditor],
        [Right.ExportMember] = [Role.Hq, Role.Member],
        [Right.EraseMember] = [Role.Hq],
        [Right.CorrectMember] = [Role.Hq, .. Dealers, Role.Member],
        [Right.ReadTransfers] = [Role.Hq, Role.Auditor, .. Dealers],
        [Right.Transfer] = [Role.Hq, .. Dealers],
        [Right.ReadComplaints] = [Role.Hq, Role.Auditor, .. Dealers],
        [Right.HandleComplaints] = [Role.Hq, .. Dealers],
        [Right.ReadApplications] = [Role.Hq, Role.Auditor, .. Dealers],
        [Right.Apply] = [Role.Hq, .. Dealers],
        [Right.DecideApplications] = [Role.Hq, Role.Director],
        [Right.Refer] = [Role.Hq, .. Dealers, Role.Member],
        [Right.ReadReferrals] = [Role.Hq, Role.Marketing, Role.Auditor, .. Dealers],
        [Right.ReadToday] = [Role.Hq, Role.Finance, Role.Marketing, Role.Auditor, .. Dealers],
        [Right.ReadSuspicions] = [Role.Hq, Role.Finance, Role.Auditor],
        [Right.DecideSuspicions] = [Role.Hq, Role.Finance],
        [Right.ReadActivities] = [Role.Hq, Role.Finance, Role.Marketing, Role.Auditor, .. Dealers],
        [Right.PlanActivities] = [Role.Hq, Role.Marketing, Role.Director],
        [Right.TakePart] = [Role.Hq, Role.Director, Role.Member],
        [Right.ReadSignUps] = [Role.Hq, Role.Auditor, .. Dealers],
        [Right.CheckIn] = [Role.Hq, .. Dealers],
        [Right.Interact] = [],
        [Right.ReadPartners] = [Role.Hq, Role.Finance, Role.Auditor, Role.Partner],
        [Right.ManagePartners] = [Role.Hq],
        [Right.ReadSettlements] = [Role.Hq, Role.Finance, Role.Auditor, Role.Director, Role.Partner],
        [Right.ReadLiability] = [Role.Hq, Role.Finance, Role.Auditor],
        [Right.CloseSettlements] = [Role.Hq, Role.Finance],
        [Right.ReadDealers] = [Role.Hq, Role.Finance, Role.Marketing, Role.Auditor, .. Dealers],
        [Right.ManageDealers] = [Role.Hq],
        [Right.ReadDealerBudgets] = [Role.Hq, Role.Finance, Role.Auditor, Role.Director],
        [Right.AskDealerBudget] = [Role.Hq, Role.Director],
        [Right.DecideDealerBudgets] = [Role.Hq, Role.Finance],
        [Right.ReadDealerPlan] = [Role.Hq, Role.Finance, Role.Marketing, Role.Auditor, Role.Director],
        [Right.WriteDealerPlan] = [Role.Hq, Role.Director],
        [Right.SuspendDealerPlan] = [Role.Hq],
        [Right.ReadRoots] = [Role.Hq, Role.Finance, Role.Auditor, Role.Member],
        [Right.ManageSubscriptions] = [Role.Hq],
    };

    /// <summary>What tells nothing of any person and changes nothing, so that nobody asks later who did it.</summary>
    private static readonly Right[] Impersonal = [Right.ReadRules, Right.TryRules, Right.ReadGifts, Right.ReadAudit, Right.ReadMatrix,
        Right.ReadDealers, Right.ReadCare, Right.ReadActivities, Right.ReadLiability,
        Right.ReadRoots];

    /// <summary>Whether it is kept who made a call.</summary>
    public static bool IsAudited(Right right) => !Impersonal.Contains(right);

    /// <summary>The operator has every right.</summary>
    public static bool Has(Role role, Right right) => role == Role.Operator || Table[right].Contains(role);
}
