using Club.Members;
using Club.Store;

namespace Club.Messaging;

/// <summary>Takes out every message to an erased person; the events that tell of them stay, without a text.</summary>
internal sealed class SmsErasure(IClubStore store) : IErases
{
    public string Name => "messages";

    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var erased = 0;
        foreach (var member in person.Members)
        {
            var all = new IndexQuery(SmsRecord.MemberIndex, "", IndexQuery.Last, Partition: member, Limit: StoreLimits.WritesPerCommit);
            // A message that changes meanwhile comes again in the next page.
            while ((await store.Find(all, cancellation)).Documents is { Count: > 0 } page)
                if (await store.Commit(member, [.. page.Select(sms => new Write.Delete(sms.Id, sms.ETag))], cancellation)
                    is CommitResult.Written)
                    erased += page.Count;
        }
        return erased;
    }
}
