using Club.Kernel;
using Club.Programmes;

namespace Club.Transactions;

/// <summary>Refusals of messages that more than one place gives.</summary>
public static class Problems
{
    /// <summary>Not a refusal to be stored: the message was booked before.</summary>
    public static readonly Problem Repeated = new("duplicate", "The message was booked before.");

    /// <summary>The code of what gives more than a message gives by itself.</summary>
    public const string AwaitsApproval = "needs-approval";

    public static Problem OtherContent(Incoming message) =>
        new("different-content", $"Message {message.Id} of {message.Source} came before with other content or for another member.",
            "$.id") { Kind = ProblemKind.Conflict };

    public static Problem NeedsApproval(Incoming message, Wallet wallet, Points points) =>
        new("needs-approval",
            $"Message {message.Id} of {message.Source} would give {points} points into wallet {wallet.Code}; more than {wallet.ApproveAbove} wait for approval.", "$.data.lines");

    /// <summary>The code of what gives cause for doubt.</summary>
    public const string IsInDoubt = "in-doubt";

    public static Problem InDoubt(Incoming message, CheckedBill bill) =>
        new("in-doubt", $"Message {message.Id} of {message.Source} is in doubt by {bill.Checks} and "
            + (bill.IsFalse ? "was found false: nothing of it is booked." : "waits until somebody has looked at it."), "$.data");

    /// <summary>Whether a message refused with this code is booked once somebody approves it.</summary>
    public static bool IsApprovable(string code) => code is AwaitsApproval or IsInDoubt;

    public static Problem UnknownMember(MemberId memberId) =>
        new("unknown-member", $"Member \"{memberId}\" is unknown.", "$.data.member.memberId");

    public static Problem AccountFull(MemberId memberId, string reason) =>
        new("account-full", $"Nothing more can be booked for member {memberId}. {reason}", "$.data.member");

    public static Problem UnknownOriginal(string source, string originalId) =>
        new("unknown-original", $"Transaction {originalId} of {source} is not known.", "$.data.originalId");
}
