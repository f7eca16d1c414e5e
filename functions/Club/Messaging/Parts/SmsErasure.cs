using Club.Members;
using Club.Store;

namespace Club.Messaging;

/// <summary>Takes out every message to an erased person; the events that tell of them stay, without a text.</summary>
internal sealed class SmsErasure(IClubStore store) : IErases
{
    public string Name => "messages";

    public Task<int> Erase(ErasedPerson person, CancellationToken cancellation) => person.DeleteAll(store,
        new IndexQuery(SmsRecord.MemberIndex, "", IndexQuery.Last, Limit: StoreLimits.WritesPerCommit), cancellation);
}
