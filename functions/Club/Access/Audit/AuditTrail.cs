using Club.Kernel;
using Club.Store;

namespace Club.Access;

/// <summary>What records are looked for by: all of it holds for each that is found.</summary>
/// <param name="Author">A name, or an id of the issuer's.</param>
/// <param name="From">Not before this moment.</param>
/// <param name="To">Before this moment.</param>
public sealed record AuditCriteria(MemberId? Member, string? Author, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>A call that is kept.</summary>
/// <param name="Action">The function, or the page.</param>
/// <param name="Members">Whom it is about, as far as its address tells.</param>
/// <param name="Subject">What else the address names.</param>
/// <param name="Purpose">What for, where the caller says so.</param>
public sealed record AuditedCall(string Action, IEnumerable<MemberId> Members, string? Subject, Purpose? Purpose = null);

/// <summary>Who changed what, and who read whose data.</summary>
public sealed class AuditTrail(IClubStore store, ClubCalendar calendar)
{
    /// <summary>As whom an operator acts who names nobody.</summary>
    public const string Unnamed = "operator";

    /// <summary>Members of one record, as many as a page of a list has at most.</summary>
    private const int MostMembers = 200;

    /// <summary>Of one day at one desk.</summary>
    private const int MostDone = 1000;

    /// <summary>Runs a call and keeps who makes it: of a change before it is made, of a reading before it is answered.</summary>
    /// <param name="caller">Who calls; a change may name its author on the way.</param>
    /// <param name="told">Whom the answer is about, and how it went.</param>
    public async Task<T> Watch<T>(AuditedCall call, bool changes, Func<Caller> caller, Func<Task<T>> run,
        Func<T, (IEnumerable<MemberId> Members, int Status)> told, CancellationToken cancellation)
    {
        if (!changes)
        {
            // What is outside somebody's scope is kept as what does not exist, and takes as long.
            var read = await run();
            var (shown, went) = told(read);
            await Keep(caller(), call with { Members = call.Members.Concat(shown) }, went, cancellation);
            return read;
        }
        var begun = await Keep(caller(), call, status: null, cancellation, changes: true);
        var done = await run();
        var (members, status) = told(done);
        // Whoever has gone meanwhile has still done it.
        await Finish(begun, caller(), members, status, CancellationToken.None);
        return done;
    }

    /// <param name="status">How it went; null: it is about to begin, and <see cref="Finish"/> tells.</param>
    internal async Task<AuditRecord> Keep(Caller caller, AuditedCall call, int? status, CancellationToken cancellation,
        bool changes = false)
    {
        var record = new AuditRecord
        {
            Id = Ids.Random("A"),
            At = calendar.Now,
            Author = AuthorOf(caller),
            AuthorId = caller.Subject,
            Roles = caller.Roles,
            Dealer = caller.Dealer,
            Purpose = call.Purpose,
            Action = call.Action,
            Members = Some(call.Members),
            Subject = call.Subject,
            Status = status,
            Changes = changes ? true : null,
        };
        await store.Commit(record.Partition, [record.ToCreate()], cancellation);
        return record;
    }

    private async Task Finish(AuditRecord begun, Caller caller, IEnumerable<MemberId> members, int status, CancellationToken cancellation)
    {
        if (await store.Read<AuditRecord>(begun.Partition, begun.Id, cancellation) is not { } kept) return;
        var finished = begun with { Status = status, Author = AuthorOf(caller), AuthorId = caller.Subject,
            Members = Some(begun.Members.Concat(members)) };
        await store.Commit(begun.Partition, [finished.ToReplace(kept.ETag)], cancellation);
    }

    public static string AuthorOf(Caller caller) => caller.Member ?? caller.Name ?? Unnamed;

    private static MemberId[] Some(IEnumerable<MemberId> members) => [.. members.Distinct().Take(MostMembers)];

    /// <summary>Records, the latest first.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<AuditRecord> Items, string? Continuation)> Find(AuditCriteria criteria, int limit,
        string? continuation, CancellationToken cancellation)
    {
        var page = await store.Find(QueryOf(criteria) with { Limit = limit, Continuation = continuation }, cancellation);
        var records = page.Documents.Select(document => document.As<AuditRecord>()).OrderByDescending(record => record.At);
        return ([.. records], page.Continuation);
    }

    /// <summary>How often what was changed since a moment, the most frequent first.</summary>
    /// <param name="who">A dealer, for its staff; or an author of no dealer.</param>
    /// <returns>Also whether there was more than is counted: of very much the latest.</returns>
    public async Task<(IReadOnlyList<(string Action, int Count)> Items, bool HasMore)> Done(string who, DateTimeOffset since,
        CancellationToken cancellation)
    {
        var query = new IndexQuery(AuditRecord.DoneIndex, $"{who}\n", $"{who}\n{IndexKeys.Latest(since)}") { Limit = MostDone };
        var (done, hasMore) = (new List<AuditRecord>(), false);
        await foreach (var document in store.FindAll(query, cancellation))
        {
            hasMore = done.Count == MostDone;
            if (hasMore) break;
            done.Add(document.As<AuditRecord>());
        }
        return ([.. done.Where(record => record.Status < 400)
            .CountBy(record => record.Action).OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => (one.Key, one.Value))], hasMore);
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
