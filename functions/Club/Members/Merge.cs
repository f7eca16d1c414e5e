using Club.Benefits;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;
using Club.Tiers;

namespace Club.Members;

/// <summary>
/// Makes one member of two when a fan turns out to be a known owner. The fan's account is sealed first; its entries are then booked again in
/// the survivor's ledger under their own ids, so that points, history and idempotency go along. Every step can be repeated.
/// </summary>
public sealed class Merge(IClubStore store, ProgrammeVersions programmes, MemberLedger ledger, Claims claims, ClubCalendar calendar, MoveBenefits benefits)
{
    private const int EntriesPerCommit = 40;

    public async Task Handle(string fanId, string survivorId, CancellationToken cancellation = default)
    {
        if (fanId == survivorId) return;
        var (sealedAccount, target) = await Seal(fanId, survivorId, cancellation);
        if (target == fanId) return;
        var entries = await Entries(sealedAccount, cancellation);
        await CopyReversed(entries, target, cancellation);
        await CopyEntries(entries, target, cancellation);
        await CopyState(sealedAccount, target, cancellation);
        await benefits.Handle(fanId, target, cancellation);
        await JoinProfiles(fanId, target, cancellation);
        await Finish(fanId, cancellation);
    }

    private async Task<(Account Sealed, string Survivor)> Seal(string fanId, string survivorId, CancellationToken cancellation)
    {
        while (true)
        {
            var stored = await store.Read<Account>(fanId, Account.Id, cancellation);
            if (stored?.Value.MergedInto is { } already) return (stored.Value, already);
            var account = (stored?.Value ?? ledger.New(fanId)) with { MergedInto = survivorId, MergeDue = calendar.Today };
            if (await store.Commit(fanId, [account.ToWrite(stored?.ETag)], cancellation) is CommitResult.Written) return (account, survivorId);
        }
    }

    /// <summary>Before the entries, so that a return which comes meanwhile knows what was returned before. Each by itself: what exists was copied by an earlier try.</summary>
    private async Task CopyReversed(IReadOnlyList<Entry> entries, string survivorId, CancellationToken cancellation)
    {
        foreach (var reversal in entries.Where(entry => entry.Reverses is not null).DistinctBy(entry => entry.Reverses))
        {
            if (await store.Read<Reversed>(reversal.MemberId, Reversed.IdOf(reversal.Reverses!), cancellation) is not { } state) continue;
            var survivor = await ledger.Load(survivorId, cancellation);
            await store.Commit(survivor.MemberId, [state.Value.ToCreate()], cancellation);
        }
    }

    private async Task CopyEntries(IReadOnlyList<Entry> entries, string survivorId, CancellationToken cancellation)
    {
        foreach (var chunk in entries.Chunk(EntriesPerCommit))
            await ledger.Change(survivorId, journal =>
            {
                // What is there was copied by an earlier try, or came to the survivor by itself.
                foreach (var entry in chunk.Where(entry => !journal.Met(entry.Id))) journal.Post(Again(entry));
                if (!journal.IsEmpty) journal.Account = Due.Of(programmes.Current, journal.Account);
                return ValueTask.FromResult(true);
            }, cancellation);
    }

    private static Posting Again(Entry entry) =>
        new(entry.Id, entry.Kind, entry.Wallet, entry.At, entry.On, entry.Source, entry.SourceId, entry.Lots, entry.Explanation)
        {
            DealerId = entry.DealerId,
            Inputs = entry.Inputs,
            ContentHash = entry.ContentHash,
            Reverses = entry.Reverses,
            Confirms = entry.Confirms,
            MergedFrom = entry.MergedFrom ?? entry.MemberId,
            ProgrammeVersion = entry.ProgrammeVersion,
        };

    private async Task<IReadOnlyList<Entry>> Entries(Account fan, CancellationToken cancellation)
    {
        if (fan.Sequence == 0) return [];
        var entries = new List<Entry>();
        var query = new IndexQuery(Entry.SequenceIndex, Entry.SequenceKey(fan.MemberId, 1), Entry.SequenceKey(fan.MemberId, fan.Sequence), Partition: fan.MemberId);
        await foreach (var document in store.FindAll(query, cancellation)) entries.Add(document.As<Entry>());
        return [.. entries.OrderBy(entry => entry.Sequence)];
    }

    /// <summary>Activity and caps move once: the event that tells of the merge is created in the same commit.</summary>
    private async Task CopyState(Account fan, string survivorId, CancellationToken cancellation)
    {
        var id = $"v:merged:{fan.MemberId}";
        await ledger.Change(survivorId, journal =>
        {
            if (journal.Met(id)) return ValueTask.FromResult(false);
            journal.Record(new MemberEvent
            {
                Id = id,
                MemberId = journal.Account.MemberId,
                Kind = MemberEventKind.Merged,
                At = journal.RecordedAt,
                From = fan.MemberId,
                To = journal.Account.MemberId,
            });
            journal.Account = journal.Account with
            {
                Activity = [.. journal.Account.Activity, .. fan.Activity],
                FoldedUntil = journal.Account.FoldedUntil > fan.FoldedUntil ? journal.Account.FoldedUntil : fan.FoldedUntil ?? journal.Account.FoldedUntil,
                Grant = GrantRules.Better(journal.Programme, journal.Account.Grant, fan.Grant is { } grant ? grant with { From = journal.Today, Earned = journal.Account.EarnedTier } : null),
                Counters = CapRules.Join(journal.Account.Counters, fan.Counters),
            };
            AccrualRules.Settle(journal, "merged");
            return ValueTask.FromResult(true);
        }, cancellation);
    }

    private async Task JoinProfiles(string fanId, string survivorId, CancellationToken cancellation)
    {
        var fan = await store.Read<Profile>(fanId, Profile.Id, cancellation);
        if (fan is null || fan.Value.MergedInto is not null) return;
        while (true)
        {
            var survivor = await store.Read<Profile>(survivorId, Profile.Id, cancellation);
            // A registration that crashed after its claims left a member without a profile: the fan's becomes it.
            var joined = survivor is null
                ? fan.Value with { MemberId = survivorId, CardNumber = await claims.IssueCard(survivorId, cancellation), MergedFrom = [fanId, .. fan.Value.MergedFrom] }
                : ProfileRules.Join(survivor.Value, fan.Value);
            joined = joined with { CareDue = Care.MemberCare.DueOn(programmes.Current, joined, calendar.Today) };
            if (await store.Commit(survivorId, [joined.ToWrite(survivor?.ETag)], cancellation) is CommitResult.Written) break;
        }
        foreach (var identity in IdentitiesOf(fan.Value)) await claims.Repoint(identity, fanId, survivorId, cancellation);
    }

    private static IEnumerable<PersonIdentity> IdentitiesOf(Profile profile)
    {
        yield return PersonIdentity.Parse(IdentityKind.Card, profile.CardNumber).Value;
        if (profile.Phone is not null) yield return PersonIdentity.Parse(IdentityKind.Phone, profile.Phone).Value;
        if (profile.UnionId is not null) yield return PersonIdentity.UnionId(profile.UnionId).Value;
        foreach (var openId in profile.OpenIds) yield return PersonIdentity.OpenId(openId).Value;
        foreach (var vin in profile.Vehicles.Where(vehicle => vehicle.Disputed is null).Select(vehicle => vehicle.Vin).OfType<string>())
            yield return PersonIdentity.Parse(IdentityKind.Vin, vin).Value;
    }

    /// <summary>Leaves a signpost without personal data where the fan's profile was, and takes the account off the unfinished list.</summary>
    private async Task Finish(string fanId, CancellationToken cancellation)
    {
        while (true)
        {
            var profile = await store.Read<Profile>(fanId, Profile.Id, cancellation);
            var account = await store.Read<Account>(fanId, Account.Id, cancellation);
            if (account is null || account.Value.MergeDue is null) return;
            var signpost = new Profile
            {
                MemberId = fanId,
                CardNumber = profile?.Value.CardNumber ?? "",
                Status = MemberStatus.Merged,
                MergedInto = account.Value.MergedInto,
                JoinedAt = profile?.Value.JoinedAt ?? calendar.Now,
                JoinedFrom = profile?.Value.JoinedFrom ?? "merge",
            };
            Write[] writes = [signpost.ToWrite(profile?.ETag), (account.Value with { MergeDue = null }).ToReplace(account.ETag)];
            if (await store.Commit(fanId, writes, cancellation) is CommitResult.Written) return;
        }
    }
}
