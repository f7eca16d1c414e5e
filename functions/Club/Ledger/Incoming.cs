using System.Globalization;
using System.Text;
using Club.Identity;
using Club.Kernel;

namespace Club.Ledger;

/// <summary>A message of the <c>transactions</c> queue, read and checked.</summary>
public abstract record Incoming(string Source, string Id, string Raw)
{
    /// <summary>The idempotency key of the message, as the id of the ledger entry it becomes.</summary>
    public string EntryId { get; } = Entry.IdOf(Source, Id);

    /// <summary>A digest of what the message means, whatever its spacing: the same key with another digest is refused.</summary>
    public abstract string ContentHash { get; }

    /// <summary>The same message, with the name of the queue key with which it was sent.</summary>
    public abstract Incoming With(string? sentWith);

    /// <summary>The name of the queue key with which it was sent; null where the host does not know.</summary>
    public abstract string? SentWith { get; }

    public sealed record Recorded(Transaction Transaction, MemberReference Member, string Raw) : Incoming(Transaction.Source, Transaction.Id, Raw)
    {
        public override string? SentWith => Transaction.SentWith;

        public override Recorded With(string? sentWith) => this with { Transaction = Transaction with { SentWith = sentWith } };

        public override string ContentHash { get; } = Digest(text =>
        {
            var t = Transaction;
            text.Append("recorded|").Append(t.At.UtcTicks).Append('|').Append(t.DealerId).Append('|').Append(t.Channel).Append('|').Append(t.PaymentMethod)
                .Append('|').Append(t.BookedDaysAhead).Append('|').Append(t.Campaign);
            foreach (var line in t.Lines)
                text.Append('\n').Append(line.LineId).Append('|').Append(line.Category).Append('|').Append(line.Sku).Append('|').Append(line.Model)
                    .Append('|').Append((line.Quantity / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)).Append('|').Append(line.Amount.Fen);
        });
    }

    public sealed record Returned(Reversal Reversal, string Raw) : Incoming(Reversal.Source, Reversal.Id, Raw)
    {
        public override string? SentWith => Reversal.SentWith;

        public override Returned With(string? sentWith) => this with { Reversal = Reversal with { SentWith = sentWith } };

        public string OriginalEntryId { get; } = Entry.IdOf(Reversal.Source, Reversal.OriginalId);

        public override string ContentHash { get; } = Digest(text =>
        {
            text.Append("reversed|").Append(Reversal.At.UtcTicks).Append('|').Append(Reversal.OriginalId);
            foreach (var line in Reversal.Lines ?? []) text.Append('\n').Append(line.LineId).Append('|').Append(line.Amount.Fen);
        });
    }

    /// <summary>The source system says that something happened for which points of a transaction wait, e.g. that the vehicle was delivered.</summary>
    public sealed record Confirmed(Confirmation Confirmation, string Raw) : Incoming(Confirmation.Source, Confirmation.Id, Raw)
    {
        public override string? SentWith => Confirmation.SentWith;

        public override Confirmed With(string? sentWith) => this with { Confirmation = Confirmation with { SentWith = sentWith } };

        public string OriginalEntryId { get; } = Entry.IdOf(Confirmation.Source, Confirmation.OriginalId);

        public override string ContentHash { get; } = Digest(text =>
            text.Append("confirmed|").Append(Confirmation.At.UtcTicks).Append('|').Append(Confirmation.OriginalId).Append('|').Append(Confirmation.Event));
    }

    private static string Digest(Action<StringBuilder> write)
    {
        var text = new StringBuilder(256);
        write(text);
        return Ids.Derived("", text.ToString());
    }
}

/// <summary>Whom a transaction is for: a member id, or an identity that leads to one.</summary>
public readonly record struct MemberReference(string? MemberId, PersonIdentity? Identity);
