using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Care;

/// <summary>Whose maintenance is due 保养到期. Follows the messages of the care plan, the ledger and the member: a visit, another branch
/// or leaving the club changes it. What is told again changes nothing.</summary>
internal sealed class DueVisits(IClubStore store, MemberLedger ledger, ClubCalendar calendar) : IFollows
{
    /// <summary>So many days after she was expected nobody waits for her any more, or later where she counts as lost later: from then on
    /// she is among those.</summary>
    private const int KeptDays = 60;

    private sealed record Facts(Profile? Profile, Stored<DueVisit>? Known);

    public string Name => "dueVisits";

    public async Task Follow(Document happened, CancellationToken cancellation)
    {
        if (happened.Type == "entry")
        {
            if (happened.As<Entry>() is { Kind: EntryKind.Accrual or EntryKind.Reversal } entry) await Settle(entry.MemberId, cancellation);
            return;
        }
        if (happened.Type != "event") return;
        var told = happened.As<MemberEvent>();
        if (IsDue(told)) await Change(told.MemberId, calendar.DateOf(told.At), cancellation);
        else if (MayChange(told)) await Settle(told.MemberId, cancellation);
    }

    /// <summary>Of whom nothing is said for comparison's sake the branch does not know either.</summary>
    private static bool IsDue(MemberEvent told) =>
        told is { Subject: { } subject, Kind: MemberEventKind.SmsPlanned or MemberEventKind.SmsSuppressed }
        && told.Reason is not (HoldoutRules.Why or OccasionRules.Over) && OccasionKeys.KindOf(subject) == OccasionKeys.Maintenance;

    private static bool MayChange(MemberEvent told) => told.Kind is MemberEventKind.Transferred or MemberEventKind.Merged
        or MemberEventKind.Left or MemberEventKind.Lapsed
        || told is { Kind: MemberEventKind.ProfileChanged, Changed: { } changed } && changed.Any(one => one is "dealerId");

    private async Task Settle(MemberId memberId, CancellationToken cancellation)
    {
        if (await store.Read<DueVisit>(memberId, DueVisit.Id, cancellation) is null) return;
        await Change(memberId, null, cancellation);
    }

    /// <param name="spokenOf">The day on which the care plan spoke of it; null: something else has changed.</param>
    private async Task Change(MemberId memberId, DateOnly? spokenOf, CancellationToken cancellation)
    {
        var over = await ledger.Change(memberId, async (journal, token) =>
        {
            var member = journal.Account.MemberId;
            return new Facts((await store.Read<Profile>(member, Profile.Id, token))?.Value,
                await store.Read<DueVisit>(member, DueVisit.Id, token));
        }, (journal, facts) =>
        {
            var now = Now(journal, facts.Profile);
            if (now is null || spokenOf is null && facts.Known is null) return now is null ? facts.Known : null;
            // She came, and it is not due again yet: she may have come before it is told that it was due.
            if (spokenOf is { } day ? day <= now.LastVisit : facts.Known!.Value.LastVisit != now.LastVisit) return facts.Known;
            if (now != facts.Known?.Value) journal.Attach(now, facts.Known?.ETag);
            return null;
        }, cancellation);
        if (over is { Value.MemberId: var member, ETag: var etag })
            await store.Commit(member, [new Write.Delete(DueVisit.Id, etag)], cancellation);
    }

    private static DueVisit? Now(Journal journal, Profile? profile) =>
        profile is not { Status: MemberStatus.Member, IsPersonal: true }
        || MaintenanceRules.Due(journal.Programme, journal.Account) is not { } due
        || LastDay(due) < journal.Today ? null
        : new DueVisit
        {
            MemberId = profile.MemberId, DealerId = profile.DealerId, LastVisit = due.Standing.LastVisit, ExpectedBy = due.ExpectedBy,
            ForgetOn = LastDay(due).AddDays(1),
        };

    private static DateOnly LastDay(MaintenanceDate due) =>
        due.ExpectedBy.AddDays(KeptDays) is var kept && due.Standing.LostFrom is var lost && lost > kept ? lost : kept;
}

/// <summary>Whose maintenance is due, for the day at a desk.</summary>
internal sealed class MaintenanceToday(IClubStore store, Membership membership, ClubCalendar calendar) : ITellsToday
{
    public string Name => "maintenance";
    public int Order => 27;
    public Right Right => Right.ReadCalls;

    public async Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation)
    {
        var query = new IndexQuery(DueVisit.DayIndex, "", IndexQuery.Last, Limit: most);
        if (dealer is { } named) query = query.And(new IndexKey(DueVisit.DealerIndex, named));
        if (caller.IsScoped) query = query.And(new IndexKey(DueVisit.DealerIndex, caller.Dealer ?? ""));
        var items = new List<TodayItem>();
        foreach (var due in (await store.Find(query, cancellation)).Documents.Select(document => document.As<DueVisit>()))
        {
            var profile = await membership.Find(due.MemberId, cancellation);
            if (profile is null || caller.SeesMasked(profile.MemberId, profile.DealerId) is not { } isMasked) continue;
            var mayCall = CallRules.MayCall(profile);
            var name = isMasked ? Masks.Name(profile.Name) : profile.Name;
            var phone = mayCall ? PhoneNumber.Parse(profile.Phone!).Value.Masked : null;
            items.Add(new TodayItem(profile.MemberId, name, phone, null, due.ExpectedBy, due.ExpectedBy < calendar.Today,
                mayCall ? NextStep.Call : NextStep.FollowUp, null));
        }
        return [.. items.OrderBy(one => one.DueOn)];
    }
}
