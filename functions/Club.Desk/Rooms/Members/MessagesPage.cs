using Club.Access;
using Club.Desk.Frame;
using Club.Kernel;
using Club.Messaging;
using Club.Store;

namespace Club.Desk.Rooms.Members;

/// <param name="HidesText">The text names a person, and her role does not see it.</param>
public sealed record MessagesModel(MemberHead Head, PageOf<SmsRecord> Messages, bool HidesText) : IShowsMembers
{
    public IEnumerable<MemberId> Members => [Head.Member.MemberId];
}

/// <summary>The messages to one member.</summary>
public sealed class MessagesPage(MemberFile file, IClubStore store) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        if (await file.Open(visit, cancellation) is not { } head) return Reply.Nothing;
        if (visit.For(Right.ReadMessages) is not { } reader) return new Reply.Denied();
        var query = IndexQuery.Prefix(SmsRecord.MemberIndex, head.Member.MemberId + ":") with { Partition = head.Member.MemberId };
        var page = await Paging.Find<SmsRecord>(visit, async (limit, continuation) =>
        {
            var found = await store.Find(query with { Limit = limit, Continuation = continuation }, cancellation);
            return ([.. found.Documents.Select(document => document.As<SmsRecord>())], found.Continuation);
        });
        return Reply.Of<Messages>(new MessagesModel(head, page, reader.IsMasked), MembersWords.Messages);
    }
}
