using Club.Kernel;
using Club.Store;

namespace Club.Access;

/// <summary>What records are looked for by: all of it holds for each that is found.</summary>
/// <param name="From">Not before this moment.</param>
/// <param name="To">Before this moment.</param>
public sealed record AuditCriteria(MemberId? Member, string? Author, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>Who changed what, and who read whose data.</summary>
public sealed class AuditTrail(IClubStore store, ClubCalendar calendar)
{
    /// <summary>As whom an operator acts who names nobody.</summary>
    public const string Unnamed = "operator";

    /// <summary>Members of one record, as many as a page of a list has at most.</summary>
    private const int MostMembers = 200;

    /// <summary>Keeps that somebody is let in; durable when it returns.</summary>
    /// <param name="action">The function.</param>
    /// <param name="status">How it went; null: it is about to begin, and <see cref="Finish"/> tells.</param>
    public async Task<AuditRecord> Keep(Caller caller, Purpose? purpose, string action, IReadOnlyList<MemberId> members, string? subject,
        int? status, CancellationToken cancellation)
    {
        var record = new AuditRecord
        {
            Id = Ids.Random("A"),
            At = calendar.Now,
            Author = caller.Member ?? caller.Name ?? Unnamed,
            Roles = caller.Roles,
            Dealer = caller.Dealer,
            Purpose = purpose,
            Action = action,
            Members = [.. members.Distinct().Take(MostMembers)],
            Subject = subject,
            Status = status,
        };
        await store.Commit(record.Partition, [record.ToCreate()], cancellation);
        return record;
    }

    /// <summary>Notes how it went, whom it turned out to be about, and the author whom the call itself named.</summary>
    public async Task Finish(AuditRecord begun, Caller caller, IReadOnlyList<MemberId> members, int status,
        CancellationToken cancellation)
    {
        if (await store.Read<AuditRecord>(begun.Partition, begun.Id, cancellation) is not { } kept) return;
        var finished = begun with
        {
            Status = status,
            Author = caller.Member ?? caller.Name ?? Unnamed,
            Members = [.. begun.Members.Concat(members).Distinct().Take(MostMembers)],
        };
        await store.Commit(begun.Partition, [finished.ToReplace(kept.ETag)], cancellation);
    }

    /// <summary>Records, the latest first.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<AuditRecord> Items, string? Continuation)> Find(AuditCriteria criteria, int limit,
        string? continuation, CancellationToken cancellation)
    {
        var page = await store.Find(QueryOf(criteria) with { Limit = limit, Continuation = continuation }, cancellation);
        var records = page.Documents.Select(document => document.As<AuditRecord>()).OrderByDescending(record => record.At);
        return ([.. records], page.Continuation);
    }

    private static IndexQuery QueryOf(AuditCriteria criteria)
    {
        var (member, author, from, to) = criteria;
        var newest = to is { } end ? IndexKeys.Latest(end.AddTicks(-1)) : "";
        var oldest = from is { } begin ? IndexKeys.Latest(begin) : IndexQuery.Last;
        if (member is { } one)
        {
            var query = new IndexQuery(AuditRecord.MemberIndex, $"{one}\n{newest}", $"{one}\n{oldest}");
            return author is null ? query : query.And(new IndexKey(AuditRecord.ByIndex, author));
        }
        return author is null
            ? new IndexQuery(AuditRecord.AtIndex, newest, oldest)
            : new IndexQuery(AuditRecord.AuthorIndex, $"{author}\n{newest}", $"{author}\n{oldest}");
    }
}
