using Club.Identity;
using Club.Kernel;
using Club.Store;

namespace Club.Members;

/// <summary>No phone, card, VIN or WeChat id leads to an erased person, and no dispute names her; whoever disputed a vehicle or a number
/// with her stays.</summary>
internal sealed class ClaimErasure(IClubStore store, Claims claims, IWorkQueue queue) : IErases
{
    public string Name => "identities";

    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var released = 0;
        foreach (var identity in person.Known())
            if (await claims.Release(identity, person.Members, cancellation))
            {
                released++;
                await PassOn(identity, cancellation);
            }
        foreach (var member in person.Members.Skip(1)) await Unname(member, cancellation);
        return released;
    }

    /// <summary>Whoever else named it is told, and what waited is booked; where this is not reached the sweep does.</summary>
    private async Task PassOn(PersonIdentity identity, CancellationToken cancellation)
    {
        if ((await claims.Find(identity, cancellation)).Claim is { Value: { MemberId: not null, FinishDue: not null } claim })
            await queue.Send([WorkMessage.ToFinish(claim.Partition)], cancellation);
    }

    /// <summary>Where somebody was merged into her, the signpost keeps the way and no card.</summary>
    private Task<bool> Unname(MemberId member, CancellationToken cancellation) =>
        Retry.UntilDone<bool>($"The profile of member {member}", async () =>
    {
        if (await store.Read<Profile>(member, Profile.Id, cancellation)
            is not { Value: { CardNumber.Length: > 0, IsPersonal: false } signpost } stored) return false;
        var unnamed = (signpost with { CardNumber = "" }).ToReplace(stored.ETag);
        return await store.Commit(member, [unnamed], cancellation) is CommitResult.Written ? true : Retry.Again;
    }, cancellation);
}
