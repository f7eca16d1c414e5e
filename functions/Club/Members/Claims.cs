using Club.Identity;
using Club.Kernel;
using Club.Store;

namespace Club.Members;

/// <summary>An identity and whoever has claimed it.</summary>
public sealed record FoundClaim(PersonIdentity Identity, string Partition, Stored<Claim>? Claim)
{
    public string? MemberId => Claim?.Value.MemberId;
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
    /// <returns>False when another writer was first.</returns>
    public async ValueTask<bool> Take(FoundClaim found, string memberId, CancellationToken cancellation)
    {
        var claim = (found.Claim?.Value ?? new Claim { Partition = found.Partition }) with { MemberId = memberId };
        if (claim.Parked > 0) claim = claim with { FinishDue = calendar.Today };
        if (await store.Commit(found.Partition, [claim.ToWrite(found.Claim?.ETag)], cancellation) is CommitResult.Written) return true;
        // The store's client may have sent the commit twice, and then it is this claim that stands in the way.
        return (await Find(found.Identity, cancellation)).MemberId == memberId;
    }

    /// <summary>Remembers that somebody turned away who is no member yet.</summary>
    /// <returns>False when another writer was first.</returns>
    public async ValueTask<bool> NoteLeft(FoundClaim found, DateTimeOffset at, CancellationToken cancellation)
    {
        var claim = (found.Claim?.Value ?? new Claim { Partition = found.Partition }) with { LeftAt = at };
        return await store.Commit(found.Partition, [claim.ToWrite(found.Claim?.ETag)], cancellation) is CommitResult.Written;
    }

    /// <summary>The member's card number: derived from the member id, so that a retry issues the same one.</summary>
    public async ValueTask<string> IssueCard(string memberId, CancellationToken cancellation)
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

    /// <summary>Moves an identity from a merged member to the one it was merged into.</summary>
    public async ValueTask Repoint(PersonIdentity identity, string from, string to, CancellationToken cancellation)
    {
        while (true)
        {
            var found = await Find(identity, cancellation);
            if (found.MemberId != from) return;
            if (await Take(found, to, cancellation)) return;
        }
    }
}
