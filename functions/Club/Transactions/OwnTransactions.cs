using Club.Earning;
using Club.Kernel;

namespace Club.Transactions;

/// <summary>Books what follows from something else in the club, under a source below <c>/club</c>, which is nobody else's. The same again
/// is
/// a duplicate.</summary>
public sealed class OwnTransactions(MessageKeys keys, Booking booking)
{
    public async Task<Receipt> Record(MemberId memberId, Transaction transaction, CancellationToken cancellation)
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
