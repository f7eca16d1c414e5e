using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Joining;

/// <summary>
/// Makes one member of two when a fan turns out to be a known owner. The fan's account is sealed first; its entries are then booked again
/// in the survivor's ledger under their own ids, so that points, history and idempotency go along. Every step can be repeated, by several
/// at once.
/// </summary>
public sealed class Merge(
    IClubStore store, Profiles profiles, MemberLedger ledger, Claims claims, ClubCalendar calendar, IEnumerable<IMovesOnMerge> parts,
    MergeSeal seal) : IFinishes
{
    private const int EntriesPerCommit = 40;

    public string DocumentId => Account.Id;

    public async Task Handle(MemberId fanId, MemberId survivorId, CancellationToken cancellation = default)
    {
        if (fanId == survivorId) return;
        if (await seal.Seal(fanId, survivorId, fan => Carry(fan, cancellation), cancellation) is not { } account) return;
        await Carry(account, cancellation);
        // It may have been sealed into somebody else before.
        if (account.MergedInto != survivorId) await seal.Unmark(survivorId, fanId, cancellation);
    }

    /// <summary>Ends what merges of a crash left: one that was sealed is carried over, one that is awaited is sealed.</summary>
    public async Task Finish(Document half, CancellationToken cancellation)
    {
        var account = half.As<Account>();
        if (account.MergedInto is { } survivor) await Handle(account.MemberId, survivor, cancellation);
        foreach (var one in account.Absorbs ?? []) await Handle(one.MemberId, account.MemberId, cancellation);
    }

    private async Task Carry(Account fan, CancellationToken cancellation)
    {
        var target = fan.MergedInto!.Value;
        if (fan.MergeDue is not null)
        {
            var entries = await store.Entries(fan, cancellation);
            foreach (var part in parts) await part.BeforeEntries(entries, target, cancellation);
            foreach (var chunk in entries.Chunk(EntriesPerCommit)) await CopyEntries(chunk, target, cancellation);
            await CopyState(fan, target, cancellation);
            foreach (var part in parts) await part.AfterEntries(fan, target, cancellation);
            await JoinProfiles(fan.MemberId, target, cancellation);
        }
        await seal.Unmark(target, fan.MemberId, cancellation);
    }

    /// <summary>What does not fit into one commit goes in halves: sixty bills of two hundred lines have more bytes than forty entries
    /// may.</summary>
    private async Task CopyEntries(ReadOnlyMemory<Entry> entries, MemberId survivorId, CancellationToken cancellation)
    {
        var change = await ledger.TryChange(survivorId, journal =>
        {
            // What is there was copied by an earlier try, or came to the survivor by itself.
            foreach (var entry in entries.Span)
                if (!journal.Met(entry.Id)) journal.Post(Posting.Again(entry));
            return true;
        }, cancellation);
        if (change is not LedgerChange<bool>.TooLarge { Reason: var reason }) return;
        if (entries.Length == 1)
            throw new StoreException($"An entry of a merged member cannot be booked for member {survivorId}. {reason}");
        await CopyEntries(entries[..(entries.Length / 2)], survivorId, cancellation);
        await CopyEntries(entries[(entries.Length / 2)..], survivorId, cancellation);
    }

    /// <summary>Activity and caps move once: the event that tells of the merge is created in the same commit.</summary>
    private async Task CopyState(Account fan, MemberId survivorId, CancellationToken cancellation)
    {
        var id = $"v:merged:{fan.MemberId}";
        // The survivor may have been merged on meanwhile, where the event is not to be found; that begins after this merge has ended.
        await ledger.Change(survivorId, async (_, token) => await store.Read<Account>(fan.MemberId, Account.Id, token)
            is { Value.MergeDue: not null }, (journal, isUnderWay) =>
        {
            if (journal.Met(id) || !isUnderWay) return false;
            journal.Record(new MemberEvent
            {
                Id = id,
                MemberId = journal.Account.MemberId,
                Kind = MemberEventKind.Merged,
                At = journal.RecordedAt,
                From = fan.MemberId,
                To = journal.Account.MemberId,
            });
            ledger.Join(journal, fan);
            return true;
        }, cancellation);
    }

    /// <summary>What a registration writes into the fan's profile meanwhile is joined again: the signpost replaces only what was
    /// joined.</summary>
    private Task<bool> JoinProfiles(MemberId fanId, MemberId survivorId, CancellationToken cancellation) =>
        Retry.UntilDone<bool>($"The profile of member {fanId}", async () =>
    {
        var fan = await store.Read<Profile>(fanId, Profile.Id, cancellation);
        if (fan is { Value: { MergedInto: null, IsPersonal: true } }) await Join(fan.Value, survivorId, cancellation);
        return await Close(fanId, fan, cancellation) ? true : Retry.Again;
    }, cancellation);

    private async Task Join(Profile fan, MemberId survivorId, CancellationToken cancellation)
    {
        var isOurs = await profiles.Change(survivorId, async (survivor, token) => survivor?.CardNumber
            ?? await claims.IssueCard(survivorId, token), (draft, card) =>
        {
            // Only after this merge has ended can the survivor itself be merged: somebody else has done all this.
            if (draft.MemberId != survivorId || draft.Before?.Status == MemberStatus.Erased) return false;
            // A registration that crashed after its claims left a member without a profile: the fan's becomes it.
            var joined = draft.Before is { } survivor
                ? ProfileRules.Join(survivor, fan)
                : fan with
                {
                    MemberId = survivorId,
                    CardNumber = card,
                    Status = fan.Status == MemberStatus.Lapsed ? MemberStatus.Member : fan.Status,
                    LapsedAt = null,
                    MergedFrom = [fan.MemberId, .. fan.MergedFrom],
                };
            draft.Become(joined, "merge");
            return true;
        }, cancellation);
        if (!isOurs) return;
        foreach (var identity in IdentitiesOf(fan)) await claims.Repoint(identity, fan.MemberId, survivorId, cancellation);
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

    /// <summary>Leaves a signpost without personal data where the fan's profile was, and takes the account off the unfinished
    /// list.</summary>
    /// <returns>False when the profile is not the one that was joined, or the account changed.</returns>
    private async Task<bool> Close(MemberId fanId, Stored<Profile>? joined, CancellationToken cancellation)
    {
        var account = await store.Read<Account>(fanId, Account.Id, cancellation);
        if (account is null || account.Value.MergeDue is null) return true;
        var signpost = new Profile
        {
            MemberId = fanId,
            CardNumber = joined?.Value.CardNumber ?? "",
            Status = MemberStatus.Merged,
            MergedInto = account.Value.MergedInto,
            JoinedAt = joined?.Value.JoinedAt ?? calendar.Now,
            JoinedFrom = joined?.Value.JoinedFrom ?? "merge",
        };
        Write[] writes = [signpost.ToWrite(joined?.ETag), (account.Value with { MergeDue = null }).ToReplace(account.ETag)];
        return await store.Commit(fanId, writes, cancellation) is CommitResult.Written;
    }
}
