using System.Text.Json.Serialization;
using Club.Kernel;
using Club.Partners;

namespace Club.Settlement;

/// <summary>What became of the points of one wallet that a party pays for, in one month; and below it what the party took.</summary>
/// <param name="Opening">Outstanding before the month.</param>
/// <param name="Closing">Outstanding after it: opening and all lines up to <paramref name="Owed"/>, which are signed as the ledger signs
/// them.</param>
/// <param name="Taken">For goods, whoever paid for the points; above zero.</param>
/// <param name="TakenBack">Given back after they had been taken; zero or below.</param>
public sealed record WalletStatement(WalletCode Wallet, Points Opening, Points Issued, Points ClawedBack, Points RedeemedHere,
    Points RedeemedElsewhere, Points Refunded, Points Expired, Points Transferred, Points ExchangedIn, Points ExchangedOut, Points Adjusted,
    Points Owed, Points Closing, Points Taken, Points TakenBack, Points TakenInExchange);

/// <summary>Points of one kind at one price.</summary>
/// <param name="Price">In CNY for a point.</param>
/// <param name="Billing">When the party pays for points; null for what it took.</param>
/// <param name="Agreement">The first day of the agreement that says so; null: none does.</param>
/// <param name="Charged">What the party owes for it, in CNY.</param>
/// <param name="Credited">What it is owed.</param>
public sealed record StatementLine(WalletCode Wallet, LineKind Line, Points Points,
    [property: JsonConverter(typeof(PlainNumberConverter))] decimal? Price, Billing? Billing, DateOnly? Agreement, Money Charged,
    Money Credited);

/// <summary>A party's statement 结算单 of one month, by when the club learned of things.</summary>
/// <param name="Balance">What the party owes the club in the end; below zero: is owed. All parties of a month come to 0.</param>
/// <param name="Root">The newest root over the ledger when the month was closed; null while it is open, or before the first.</param>
public sealed record Statement(string Month, Party Party, PartyKind Kind, IReadOnlyList<WalletStatement> Wallets,
    IReadOnlyList<StatementLine> Lines, Money Charged, Money Credited, Money Balance, PrintedRoot? Root = null);

/// <summary>A root by which anybody proves that the ledger behind a statement was not rewritten.</summary>
public sealed record PrintedRoot(DateOnly Day, string Root);

/// <summary>Whether what the statements tell is what the ledger tells.</summary>
/// <param name="Ledger">All entries recorded until the end of the month.</param>
/// <param name="Counter">All their counter-accounts.</param>
/// <param name="Parties">The closings of all parties.</param>
/// <param name="Difference">Parties less ledger: 0, or something is wrong.</param>
public sealed record SettlementCheck(WalletCode Wallet, Points Ledger, Points Counter, Points Parties, Points Difference);

/// <summary>What was fixed when a month was closed.</summary>
/// <param name="Sha256">Of its statements, one a line, by their parties: what <c>?format=jsonl</c> answers.</param>
public sealed record ClosingView(DateTimeOffset At, string By, string Sha256);

/// <summary>All statements of a month.</summary>
/// <param name="Closed">Null: it may change yet.</param>
/// <param name="Adds">Whether every difference is 0, and the money of all parties comes to 0.</param>
/// <param name="Check">Null for who sees one party only.</param>
public sealed record SettlementMonth(string Month, ClosingView? Closed, IReadOnlyList<Statement> Parties, bool? Adds,
    IReadOnlyList<SettlementCheck>? Check);
