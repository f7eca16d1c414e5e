using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Transactions;

/// <summary>Looks at a bill before it is booked. A port: a room above knows what gives cause for doubt. It is asked again whenever the
/// booking is decided again, and must answer the same.</summary>
public interface IChecksBills
{
    /// <param name="trial">On the account as it is; nothing is posted to it.</param>
    /// <returns>Null when nothing gives cause for doubt.</returns>
    ValueTask<CheckedBill?> Check(Journal trial, Incoming.Recorded message, CancellationToken cancellation);
}

/// <summary>Notes elsewhere, before a bill is booked, what the ledger does not keep of it. A port: a room above knows what it will look
/// for. It is told again whenever the bill comes again, and a bill that it was told of may never be booked.</summary>
public interface INotesBills
{
    Task Note(MemberId memberId, Incoming.Recorded message, CancellationToken cancellation);
}

/// <summary>A bill in doubt.</summary>
/// <param name="Checks">Which checks found something, for the refusal.</param>
/// <param name="IsFalse">Somebody looked at it and found it false: nobody's approval books it any more.</param>
/// <param name="Keep">Puts down what was found, together with what becomes of the bill.</param>
public sealed record CheckedBill(CheckSeverity Severity, string Checks, bool IsFalse, Action<Journal> Keep)
{
    /// <summary>For what the points of a bill in doubt wait. Events that begin so are the club's own.</summary>
    public const string Review = ClubEvents + "review";

    public const string ClubEvents = "club.";
}
