using System.Globalization;
using System.Runtime.InteropServices;
using Club.Earning;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;

namespace Club.Transactions;

/// <summary>A message of the <c>transactions</c> queue, read and checked.</summary>
public abstract record Incoming(string Source, string Id, string Raw)
{
    /// <summary>The idempotency key of the message, as the id of the ledger entry it becomes.</summary>
    public string EntryId { get; } = Entry.IdOf(Source, Id);

    /// <summary>A digest of what the message means, whatever its spacing and the order of its lines: the same key with another digest is
    /// refused.</summary>
    public abstract string ContentHash { get; }

    /// <summary>The same message, with the name of the queue key with which it was sent.</summary>
    public abstract Incoming With(string? sentWith);

    /// <summary>The name of the queue key with which it was sent; null where the host does not know.</summary>
    public abstract string? SentWith { get; }

    /// <summary>The dealer for whom it speaks, and where it says so.</summary>
    public virtual (DealerId Id, string Path)? Dealer => null;

    /// <summary>What it follows up on: the id of that ledger entry, and the id that the source gave; null for what stands by
    /// itself.</summary>
    public virtual (string EntryId, string Id)? Original => null;

    public sealed record Recorded(Transaction Transaction, MemberReference Member, string Raw) : Incoming(Transaction.Source,
        Transaction.Id, Raw)
    {
        public override string? SentWith => Transaction.SentWith;

        public override (DealerId Id, string Path)? Dealer =>
            Transaction.DealerId is { } dealer ? (dealer, "$.data.dealerId") : null;

        /// <summary>The vehicle that it was for: the one that is told, or that names the member; null: none is known.</summary>
        public string? Vin =>
            Transaction.Vehicle?.Value ?? (Member.Identity is { Kind: IdentityKind.Vin } vin ? vin.Value : null);

        public override Recorded With(string? sentWith) => this with { Transaction = Transaction with { SentWith = sentWith } };

        /// <summary>The same message, approved to give more than one gives by itself.</summary>
        public Recorded ApprovedBy(string? author) => this with { Transaction = Transaction with { ApprovedBy = author } };

        public override string ContentHash { get; } = DigestOf(Transaction);

        private static string DigestOf(Transaction bill)
        {
            // What was there from the beginning keeps its digest.
            List<string?> vehicle = bill.Vehicle is null && bill.Odometer is null ? []
                : ["vehicle", bill.Vehicle?.Value, Text(bill.Odometer)];
            List<string?> parts = ["recorded", .. vehicle, Text(bill.At.UtcTicks), bill.DealerId, bill.Channel, bill.PaymentMethod,
                Text(bill.BookedDaysAhead), bill.Campaign];
            foreach (var line in bill.Lines.OrderBy(line => line.LineId, StringComparer.Ordinal))
                parts.AddRange([line.LineId, line.Category, line.Sku, line.Model, Text(line.Quantity / 1.0000000000000000000000000000m),
                    Text(line.Amount.Fen)]);
            return Digest(parts);
        }
    }

    public sealed record Returned(Reversal Reversal, string Raw) : Incoming(Reversal.Source, Reversal.Id, Raw)
    {
        public override string? SentWith => Reversal.SentWith;

        public override Returned With(string? sentWith) => this with { Reversal = Reversal with { SentWith = sentWith } };

        public string OriginalEntryId { get; } = Entry.IdOf(Reversal.Source, Reversal.OriginalId);

        public override (string EntryId, string Id)? Original => (OriginalEntryId, Reversal.OriginalId);

        public override string ContentHash { get; } = DigestOf(Reversal);

        private static string DigestOf(Reversal reversal)
        {
            List<string?> parts = ["reversed", Text(reversal.At.UtcTicks), reversal.OriginalId];
            foreach (var line in (reversal.Lines ?? []).OrderBy(line => line.LineId, StringComparer.Ordinal))
                parts.AddRange([line.LineId, Text(line.Amount.Fen)]);
            return Digest(parts);
        }
    }

    /// <summary>The source system says that something happened for which points of a transaction wait, e.g. that the vehicle was
    /// delivered.</summary>
    public sealed record Confirmed(Confirmation Confirmation, string Raw) : Incoming(Confirmation.Source, Confirmation.Id, Raw)
    {
        public override string? SentWith => Confirmation.SentWith;

        public override Confirmed With(string? sentWith) => this with { Confirmation = Confirmation with { SentWith = sentWith } };

        public string OriginalEntryId { get; } = Entry.IdOf(Confirmation.Source, Confirmation.OriginalId);

        public override (string EntryId, string Id)? Original => (OriginalEntryId, Confirmation.OriginalId);

        public override string ContentHash { get; } =
            Digest(["confirmed", Text(Confirmation.At.UtcTicks), Confirmation.OriginalId, Confirmation.Event]);
    }

    private static string Digest(List<string?> parts) => Ids.Derived("", CollectionsMarshal.AsSpan(parts));

    private static string? Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture);
}

/// <summary>Whom a transaction is for: a member id, or an identity that leads to one.</summary>
/// <param name="Holder">Beside a VIN: the phone or card of its owner, as the sender knows it.</param>
public readonly record struct MemberReference(MemberId? MemberId, PersonIdentity? Identity, PersonIdentity? Holder = null);
