using Club.Earning;
using Club.Kernel;

namespace Club.Transactions;

/// <summary>The categories that a room of the club books itself; each room registers its own.</summary>
public sealed record OwnCategories(params string[] Categories);

/// <summary>Books what follows from something else in the club, under a source below <c>/club</c>, which is nobody else's. The same again
/// is
/// a duplicate.</summary>
public sealed class OwnTransactions(MessageKeys keys, Booking booking, IEnumerable<OwnCategories> own)
{
    private readonly HashSet<string> _own = [.. own.SelectMany(room => room.Categories)];

    /// <summary>Whether a room of the club books it, and nobody may tell of it.</summary>
    public bool IsOwn(string category) => _own.Contains(category);

    /// <summary>Books what a room of the club found out.</summary>
    /// <exception cref="InvalidOperationException">The room has not registered the category as its own.</exception>
    public Task<Receipt> Record(MemberId memberId, Transaction transaction, CancellationToken cancellation) =>
        transaction.Lines.FirstOrDefault(line => !IsOwn(line.Category)) is { Category: var category }
            ? throw new InvalidOperationException($"No room of the club has registered \"{category}\" as its own.")
            : Book(memberId, transaction, cancellation);

    /// <summary>Books what somebody tells of a member.</summary>
    /// <exception cref="InvalidOperationException">A room of the club books the category itself.</exception>
    public Task<Receipt> RecordTold(MemberId memberId, Transaction transaction, CancellationToken cancellation) =>
        transaction.Lines.FirstOrDefault(line => IsOwn(line.Category)) is { Category: var category }
            ? throw new InvalidOperationException($"The club books \"{category}\" itself.") : Book(memberId, transaction, cancellation);

    private async Task<Receipt> Book(MemberId memberId, Transaction transaction, CancellationToken cancellation)
    {
        var message = new Incoming.Recorded(transaction, new MemberReference(memberId, null), "");
        return await keys.Take(message, keys.OfMember(memberId), cancellation)
            ?? (await booking.Book(memberId, [message], cancellation))[0];
    }

    public async Task<Receipt> Reverse(MemberId memberId, Reversal reversal, CancellationToken cancellation)
    {
        var message = new Incoming.Returned(reversal, "");
        return await keys.Take(message, keys.OfMember(memberId), cancellation)
            ?? await booking.FollowUp(memberId, message, cancellation);
    }
}
