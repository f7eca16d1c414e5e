using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Members;

/// <summary>An identity and whoever has claimed it.</summary>
public sealed record FoundClaim(PersonIdentity Identity, string Partition, Stored<Claim>? Claim)
{
    public MemberId? MemberId => Claim?.Value.MemberId;

    /// <summary>Whom transactions are booked for: nobody yet while it is not sure whose a VIN is.</summary>
    public MemberId? Owner => Claim?.Value.Owner;
}

/// <summary>Finds and takes identities. A claim is taken once and moves only when its member is merged into another.</summary>
public sealed class Claims(IClubStore store, IdentityHasher hasher, ClubCalendar calendar)
{
    private const int CardAttempts = 50;

    public string PartitionOf(PersonIdentity identity) => hasher.Claim(identity);

    public async ValueTask<FoundClaim> Find(PersonIdentity identity, CancellationToken cancellation)
    {
        var partition = PartitionOf(identity);
        return new FoundClaim(identity, partition, await store.Read<Claim>(partition, Claim.Id, cancellation));
    }

    /// <summary>Takes a free identity for a member. What was parked there is marked for hand-over in the same commit.</summary>
    /// <param name="isSure">Otherwise what comes goes on waiting until <see cref="Confirm"/>.</param>
    /// <returns>False when another writer was first.</returns>
    public async ValueTask<bool> Take(FoundClaim found, MemberId memberId, CancellationToken cancellation, bool isSure = true)
    {
        var claim = (found.Claim?.Value ?? new Claim { Partition = found.Partition }) with { MemberId = memberId };
        if (!isSure) claim = claim with { Unconfirmed = true };
        // A VIN can be read through the windscreen: whoever types it first must not get what waits for its owner.
        if (found.MemberId is null && found.Identity.Kind == IdentityKind.Vin && claim.Parked > 0)
            claim = claim with { Unconfirmed = true, Dispute = new ClaimDispute { Since = calendar.Now } };
        else if (claim is { Parked: > 0, Unconfirmed: not true }) claim = claim with { FinishDue = calendar.Today };
        if (await store.Commit(found.Partition, [claim.ToWrite(found.Claim?.ETag)], cancellation) is CommitResult.Written) return true;
        // The store's client may have sent the commit twice, and then it is this claim that stands in the way.
        return (await Find(found.Identity, cancellation)).MemberId == memberId;
    }

    /// <summary>Remembers that another member named a VIN or a phone that leads to somebody else.</summary>
    /// <returns>False when it is known, or not to be remembered.</returns>
    public Task<bool> NoteClaimant(PersonIdentity identity, MemberId memberId, CancellationToken cancellation) =>
        Retry.UntilDone<bool>("A claim", async () =>
    {
        var found = await Find(identity, cancellation);
        if (found.Claim is not { Value: { MemberId: { } owner } claim } || owner == memberId) return false;
        var dispute = claim.Dispute ?? new ClaimDispute();
        if (dispute.Claimants.Contains(memberId) || dispute.Claimants.Count == ClaimDispute.MostClaimants) return false;
        // Who was refused by a decision does not ask again by the same form.
        if (dispute is { Decision: not null, Since: null } && !await IsNews(claim, memberId, cancellation)) return false;
        var after = claim with { Dispute = dispute with { Claimants = [.. dispute.Claimants, memberId], Since = dispute.Since
            ?? calendar.Now } };
        return await store.Commit(found.Partition, [after.ToReplace(found.Claim.ETag)], cancellation) is CommitResult.Written ? true
            : Retry.Again;
    }, cancellation);

    private async ValueTask<bool> IsNews(Claim claim, MemberId memberId, CancellationToken cancellation) =>
        await store.Read<MemberEvent>(memberId, DisputeEvents.IdOf(claim), cancellation) is null;

    /// <summary>Somebody who knows the owner's phone or card confirmed whose a VIN is.</summary>
    /// <returns>The claim as it is now.</returns>
    public Task<FoundClaim> Confirm(FoundClaim found, CancellationToken cancellation) => Retry.UntilDone<FoundClaim>("A claim", async () =>
    {
        if (found.Claim is not { Value.Unconfirmed: true } stored) return found;
        var result = await store.Commit(found.Partition, [stored.Value.Confirmed(calendar.Today).ToReplace(stored.ETag)], cancellation);
        found = await Find(found.Identity, cancellation);
        return result is CommitResult.Written ? found : Retry.Again;
    }, cancellation);

    /// <summary>Remembers that somebody turned away who is no member yet.</summary>
    /// <returns>False when another writer was first.</returns>
    public async ValueTask<bool> NoteLeft(FoundClaim found, DateTimeOffset at, CancellationToken cancellation)
    {
        var claim = (found.Claim?.Value ?? new Claim { Partition = found.Partition }) with { LeftAt = at };
        return await store.Commit(found.Partition, [claim.ToWrite(found.Claim?.ETag)], cancellation) is CommitResult.Written;
    }

    /// <summary>The member's card number: derived from the member id, so that a retry issues the same one.</summary>
    public async ValueTask<string> IssueCard(MemberId memberId, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < CardAttempts; attempt++)
        {
            var card = CardNumber.Derive(memberId, attempt);
            var found = await Find(PersonIdentity.Of(card), cancellation);
            if (found.MemberId == memberId) return card.Value;
            if (found.MemberId is null && await Take(found, memberId, cancellation)) return card.Value;
        }
        throw new StoreException($"No free card number was found for member {memberId}.");
    }

    /// <summary>Lets go of an identity that led to a member, and of the members' names in whatever dispute there is about it. It passes to
    /// whoever else named it; where nobody did, what is parked there waits for whoever comes next.</summary>
    /// <returns>False when it led elsewhere.</returns>
    public Task<bool> Release(PersonIdentity identity, IReadOnlyList<MemberId> members, CancellationToken cancellation) =>
        Retry.UntilDone<bool>("A claim", async () =>
    {
        var found = await Find(identity, cancellation);
        if (found.Claim is not { Value: var claim, ETag: var etag }) return false;
        var isHers = claim.MemberId is { } owner && members.Contains(owner);
        Write write;
        if (isHers && claim.Inherited(members, calendar.Now, calendar.Today) is { } inherited) write = inherited.ToReplace(etag);
        else if (isHers)
        {
            var left = new Claim { Partition = claim.Partition, Parked = claim.Parked, KeyIsDue = claim.KeyIsDue };
            write = left.IsBlank ? new Write.Delete(Claim.Id, etag) : left.ToReplace(etag);
        }
        else if (claim.Without(members) is { } without) write = without.ToReplace(etag);
        else return false;
        return await store.Commit(found.Partition, [write], cancellation) is CommitResult.Written ? isHers : Retry.Again;
    }, cancellation);

    /// <summary>Moves an identity from a merged member to the one it was merged into.</summary>
    /// <returns>False when it led elsewhere.</returns>
    public Task<bool> Repoint(PersonIdentity identity, MemberId from, MemberId to, CancellationToken cancellation) =>
        Retry.UntilDone<bool>("A claim", async () =>
    {
        var found = await Find(identity, cancellation);
        if (found.MemberId != from) return false;
        return await Take(found, to, cancellation) ? true : Retry.Again;
    }, cancellation);
}
