namespace Club.Access;

/// <summary>What a call does, as far as who may make it goes. Every function that is not open to anybody names one.</summary>
public enum Right
{
    /// <summary>Looks for members.</summary>
    FindMembers,

    /// <summary>Reads one member's data: profile, account, entries, benefits.</summary>
    ReadMember,

    /// <summary>Uses a benefit for the member who is there, and takes the use back.</summary>
    Serve,

    /// <summary>Spends the points of the member who is there, and gives them back.</summary>
    Redeem,

    /// <summary>Gives points away: to another member, to a cause; says who is family.</summary>
    GivePoints,

    /// <summary>Exchanges points with a partner's programme.</summary>
    ExchangePoints,

    /// <summary>Reads which corrections of points were asked for, and who decided.</summary>
    ReadAdjustments,

    /// <summary>Asks for a correction of a member's points.</summary>
    Adjust,

    /// <summary>Reads the catalogue of gifts.</summary>
    ReadGifts,

    /// <summary>Keeps the catalogue of gifts, their stock and the codes of vouchers.</summary>
    ChangeGifts,

    /// <summary>Orders a gift for the member who is there, or for oneself, and cancels the order.</summary>
    Order,

    /// <summary>Reads orders of gifts.</summary>
    ReadOrders,

    /// <summary>Takes orders on: confirmed, sent or made ready, handed over.</summary>
    FulfilOrders,

    /// <summary>Uses the voucher that somebody shows.</summary>
    UseVouchers,

    /// <summary>Reads what members are worth to the club, and who of them is lost.</summary>
    ReadValue,

    /// <summary>Reads how many members are in which class.</summary>
    ReadMatrix,

    /// <summary>Reads the care plan and what it does.</summary>
    ReadCare,

    /// <summary>Reads whom to call, and what became of it.</summary>
    ReadCalls,

    /// <summary>Calls members, asks owners for another vehicle, and keeps what became of it.</summary>
    HandleCalls,

    /// <summary>Reads which letters are to be written, and what became of them.</summary>
    ReadLetters,

    /// <summary>Has the letters to be written, with names and addresses, and keeps what became of them.</summary>
    SendLetters,

    /// <summary>Grants a tier, and takes it back.</summary>
    GrantTiers,

    /// <summary>Gives a member a token about herself.</summary>
    IssueTokens,

    /// <summary>Reads the text messages of the club.</summary>
    ReadMessages,

    /// <summary>Makes statements.</summary>
    MakeStatements,

    /// <summary>Reads files.</summary>
    ReadFiles,

    /// <summary>Reads what was refused, what waits and what is in dispute.</summary>
    ReadWork,

    /// <summary>Has what was refused handled again, and settles disputes.</summary>
    DoWork,

    /// <summary>Lets a message give more than one gives by itself, and decides about corrections and budgets.</summary>
    Approve,

    /// <summary>Reads the rule book, its versions, its draft and its audit.</summary>
    ReadRules,

    /// <summary>Tries the rule book: a bill's preview, a what-if.</summary>
    TryRules,

    /// <summary>Drafts and publishes the rule book.</summary>
    ChangeRules,

    /// <summary>Reads who did what, and who read whose data.</summary>
    ReadAudit,

    /// <summary>Has everything that the club keeps of a member.</summary>
    ExportMember,

    /// <summary>Has a person forgotten.</summary>
    EraseMember,

    /// <summary>Puts something else in place of what a member told, and keeps what she says about messages.</summary>
    CorrectMember,

    /// <summary>Sees who came to a branch and who left it.</summary>
    ReadTransfers,

    /// <summary>Moves a member to another branch.</summary>
    Transfer,

    /// <summary>Reads what members complain of, and what became of it.</summary>
    ReadComplaints,

    /// <summary>Takes complaints down and follows them up.</summary>
    HandleComplaints,

    /// <summary>Reads who is proposed as a member, and what became of it.</summary>
    ReadApplications,

    /// <summary>Proposes members.</summary>
    Apply,

    /// <summary>Decides who becomes a member.</summary>
    DecideApplications,

    /// <summary>Names who may buy, and sees what became of it.</summary>
    Refer,

    /// <summary>Lists who named whom, and which owners are asked for another vehicle.</summary>
    ReadReferrals,

    /// <summary>Sees what is to be done today; of each thing, whoever may do it.</summary>
    ReadToday,

    /// <summary>Reads which bills are in doubt.</summary>
    ReadSuspicions,

    /// <summary>Decides whether a bill in doubt is false.</summary>
    DecideSuspicions,

    /// <summary>Reads what the club and its dealers do with members, and what came of it.</summary>
    ReadActivities,

    /// <summary>Plans activities, invites to them, and ends them.</summary>
    PlanActivities,

    /// <summary>Signs up for an activity, for the member or as herself, and says how it was.</summary>
    TakePart,

    /// <summary>Sees who is expected at an activity, and who came.</summary>
    ReadSignUps,

    /// <summary>Lets members in at an activity.</summary>
    CheckIn,

    /// <summary>Tells what a member did with the club: signed in, liked, shared, commented.</summary>
    Interact,

    /// <summary>Reads who the partners are, and what was agreed with them.</summary>
    ReadPartners,

    /// <summary>Names partners, and makes agreements with them.</summary>
    ManagePartners,

    /// <summary>Reads what parties owe each other for points.</summary>
    ReadSettlements,

    /// <summary>Reads what the club owes for points that are not spent.</summary>
    ReadLiability,

    /// <summary>Closes the settlement of a month.</summary>
    CloseSettlements,

    /// <summary>Reads who the dealers are, and how their branches compare.</summary>
    ReadDealers,

    /// <summary>Opens, describes and closes dealers.</summary>
    ManageDealers,

    /// <summary>Reads what dealers may spend in a month.</summary>
    ReadDealerBudgets,

    /// <summary>Asks for a dealer's budget of a month.</summary>
    AskDealerBudget,

    /// <summary>Decides about dealers' budgets.</summary>
    DecideDealerBudgets,

    /// <summary>Reads a dealer's own plan.</summary>
    ReadDealerPlan,

    /// <summary>Writes a dealer's own plan.</summary>
    WriteDealerPlan,

    /// <summary>Stops a dealer's own plan, and lets it go on.</summary>
    SuspendDealerPlan,

    /// <summary>Reads the roots with which proofs are compared.</summary>
    ReadRoots,
    /// <summary>Says who is told of what happens in the club, and sees to it that they are.</summary>
    ManageSubscriptions,
}
