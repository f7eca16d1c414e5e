using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Store;

namespace Club.Care;

/// <summary>Plans what a profile or an account is due for. The messages are created with the document that remembers them; an occasion that
/// exists is left alone.</summary>
public sealed class PlanCare(IClubStore store, ProgrammeLibrary library, ClubCalendar calendar, CareMessages messages, MemberLedger ledger)
{
    private const int MessagesPerCommit = 45;

    /// <param name="due">The profile or account as it was found; it is read again only after a conflict.</param>
    public Task Handle(Document due, CancellationToken cancellation = default)
    {
        Document? document = due;
        return Retry.UntilDone<bool>($"The care of member {due.Partition}", async () =>
        {
            if (document is null) return false;
            var rules = await library.Now(cancellation);
            if (due.Id == Profile.Id ? await TryProfile(rules, document.ToStored<Profile>(), cancellation)
                : await TryAccount(rules, document.ToStored<Account>(), cancellation))
                return true;
            document = await store.Read(due.Partition, due.Id, cancellation);
            return Retry.Again;
        }, cancellation);
    }

    private async Task<bool> TryProfile(ProgrammeVersions rules, Stored<Profile> stored, CancellationToken cancellation)
    {
        if (stored.Value is not { CareDue: { } due } profile || due > calendar.Today) return true;
        // Before what she heard is counted: whoever plans something else for her meanwhile touches it too.
        var touched = await store.Read<Account>(profile.MemberId, Account.Id, cancellation);
        var account = await ledger.Load(profile.MemberId, cancellation);
        var programme = rules.On(rules.Today, profile.DealerId, calendar.Now);
        var occasions = MemberCare.Open(programme, profile, profile.CareDoneUntil ?? due.AddDays(-1), calendar.Today);
        var after = profile with { CareDoneUntil = calendar.Today };
        after = after with { CareDue = MemberCare.DueOn(programme, after, calendar.Today) };
        return await Commit(rules, profile.MemberId, profile, account, occasions, after.ToReplace(stored.ETag),
            account.MemberId != profile.MemberId ? null : touched is { } one ? one.Value.ToReplace(one.ETag) : account.ToCreate(),
            cancellation);
    }

    private async Task<bool> TryAccount(ProgrammeVersions rules, Stored<Account> stored, CancellationToken cancellation)
    {
        if (stored.Value is not { CareDue: { } due, MergedInto: null } account || due > calendar.Today) return true;
        // How her branch says it is known by her profile alone.
        var mayDiffer = rules.Current.BranchPlans is { Care.Count: > 0 };
        var profile = mayDiffer ? await store.Read<Profile>(account.MemberId, Profile.Id, cancellation) : null;
        var programme = rules.On(rules.Today, profile?.Value.DealerId, calendar.Now);
        var (after, occasions) = AccountCare.Plan(programme, account, calendar.Today);
        if (!mayDiffer && occasions.Count > 0) profile = await store.Read<Profile>(account.MemberId, Profile.Id, cancellation);
        // A registration that broke off after its claims has no profile yet. What is due waits for its retry: remembered as said, it would
        // never be.
        if (occasions.Count > 0 && profile is null) return true;
        return await Commit(rules, account.MemberId, profile?.Value, account, occasions, after.ToReplace(stored.ETag), null, cancellation);
    }

    /// <summary>
    /// Whatever a person's data come to, each message is created once: two that would have one id are one, and more than fit into a commit
    /// go ahead of the document that remembers them. What was created in an earlier attempt is met again and left alone.
    /// </summary>
    /// <param name="turn">The account as it was found, so that of two who plan at once one counts what the other planned; null: it is the
    /// state.</param>
    private async Task<bool> Commit(
        ProgrammeVersions rules, MemberId memberId, Profile? profile, Account account, IEnumerable<Occasion> occasions, Write state,
        Write? turn, CancellationToken cancellation)
    {
        var planned = profile is null ? [] : await messages.Compose(rules, profile, account, [.. occasions.Where(occasion =>
            SegmentRules.Holds(rules.Current, occasion.Message, profile, account, calendar.Now, rules.Today))
            .DistinctBy(occasion => occasion.Key)], cancellation);
        foreach (var chunk in planned.Chunk(MessagesPerCommit).SkipLast(1))
            if (!await Create(memberId, chunk, [], cancellation)) return false;
        var isLimited = rules.Current.CareLimit is not null && planned.Any(CareFrequency.Counts);
        return await Create(memberId, planned.Chunk(MessagesPerCommit).LastOrDefault() ?? [],
            isLimited && turn is not null ? [state, turn] : [state], cancellation);
    }

    /// <returns>False when another writer came between.</returns>
    private async Task<bool> Create(MemberId memberId, IReadOnlyList<SmsRecord> records, Write[] state, CancellationToken cancellation)
    {
        var open = records.ToList();
        while (open.Count > 0 || state.Length > 0)
        {
            IEnumerable<Write> writes = open.SelectMany(record => (Write[])[record.ToCreate(), record.Happened(calendar.Now).ToCreate()]);
            switch (await store.Commit(memberId, [.. writes, .. state], cancellation))
            {
                case CommitResult.Written:
                    foreach (var record in open) Telemetry.Sms.Add(1, new KeyValuePair<string, object?>("state", record.State));
                    return true;
                case CommitResult.Exists exists when open.RemoveAll(record => exists.Ids.Contains(record.DocumentId)) > 0:
                    break;
                default:
                    return false;
            }
        }
        return true;
    }
}
