using System.Text.Json.Serialization;
using Club.Earning;
using Club.Kernel;

namespace Club.Ledger;

/// <summary>
/// Why an entry stands in the ledger, with the facts of that cause and no others. Closed: a further cause is a further case here, and every
/// reader that must know it does not compile, or says what it leaves out. An entry keeps it flat, as answers tell it (<see cref="Of"/>).
/// </summary>
public abstract record Cause
{
    private Cause() { }

    public abstract EntryKind Kind { get; }

    /// <summary>What the entry keeps of its cause, side by side.</summary>
    public static Cause Of(Entry entry) => entry.Kind switch
    {
        EntryKind.Accrual => new Accrual(entry.ContentHash!, entry.Inputs),
        EntryKind.Reversal => new Reversal(entry.ContentHash!, entry.Reverses!),
        EntryKind.Release => new Release(entry.ContentHash!, entry.Confirms!, entry.Releases!),
        EntryKind.Expiry => new Expiry(),
        _ when entry.Move is { } move => new Moved(entry.Kind, move),
        _ => throw new InvalidOperationException($"Entry {entry.Id} has no cause."),
    };

    /// <summary>Somebody told the club of it.</summary>
    /// <param name="ContentHash">A digest of the message: the same key with other content is refused.</param>
    public abstract record Told(string ContentHash) : Cause;

    /// <summary>A transaction earned.</summary>
    /// <param name="Inputs">The transaction as the rules saw it, in the default wallet's entry.</param>
    public sealed record Accrual(string ContentHash, Inputs? Inputs) : Told(ContentHash)
    {
        public override EntryKind Kind => EntryKind.Accrual;
    }

    /// <summary>A transaction was returned, in whole or in part.</summary>
    /// <param name="Original">The entry that it takes back.</param>
    public sealed record Reversal(string ContentHash, string Original) : Told(ContentHash)
    {
        public override EntryKind Kind => EntryKind.Reversal;
    }

    /// <summary>What points waited for has happened.</summary>
    /// <param name="Original">The entry whose points became spendable.</param>
    public sealed record Release(string ContentHash, string Event, string Original) : Told(ContentHash)
    {
        public override EntryKind Kind => EntryKind.Release;
    }

    /// <summary>Lots reached their end.</summary>
    public sealed record Expiry : Cause
    {
        public override EntryKind Kind => EntryKind.Expiry;
    }

    /// <summary>Somebody asked for it: points were spent, given, exchanged or adjusted.</summary>
    public sealed record Moved(EntryKind What, Move Facts) : Cause
    {
        public override EntryKind Kind => What;
    }
}

/// <summary>What an entry keeps of what was asked for; the rest stands in the document that <paramref name="Id"/> names.</summary>
/// <param name="Id">Of the redemption, transfer, donation, exchange or adjustment.</param>
/// <param name="With">The other member of a transfer.</param>
/// <param name="On">Of what gives points back: the business date on which they had been taken.</param>
/// <param name="PointValue">Of what takes points, and gives them back: what one paid for, in CNY.</param>
public sealed record Move(string Id, MemberId? With = null, DateOnly? On = null,
    [property: JsonConverter(typeof(PlainNumberConverter))] decimal? PointValue = null);
