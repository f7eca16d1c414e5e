using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Store;
using Club.Transactions;

namespace Club.Joining;

/// <summary>Whose a vehicle or a number is, where that is not sure.</summary>
/// <param name="Id">The dispute's id, which tells neither.</param>
/// <param name="Kind"><c>vin</c> or <c>phone</c>.</param>
/// <param name="Phone">Masked.</param>
/// <param name="MemberId">Whom it leads to: the first who named it.</param>
/// <param name="Claimants">Other members who named it as well.</param>
/// <param name="Parked">Transactions that wait until it is settled.</param>
/// <param name="Since">When the question came up.</param>
public sealed record DisputeView(string Id, string Kind, string? Vin, string? Phone, MemberId MemberId, IReadOnlyList<MemberId> Claimants,
    int Parked, DateTimeOffset Since);

/// <summary>
/// Vehicles and numbers whose owner is not sure: what waited for a VIN when somebody typed it, VINs that several members named, and phones
/// that came back with another person. Staff or a dealer look at the papers and decide (docs/decisions/0019).
/// </summary>
public sealed class Disputes(IClubStore store, ClubCalendar calendar, Profiles profiles, Membership membership, Merge merge,
    Parking parking, IdentityHasher hasher, IWorkQueue queue)
{
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<DisputeView> Items, string? Continuation)> List(Caller caller, int limit, string? continuation,
        CancellationToken cancellation)
    {
        var page = await store.Find(new IndexQuery(Claim.DisputeIndex, "", IndexQuery.Last, Limit: limit, Continuation: continuation),
            cancellation);
        var items = new List<DisputeView>(page.Documents.Count);
        foreach (var document in page.Documents)
        {
            var view = await View(document.As<Claim>(), cancellation);
            items.Add(caller.IsMasked ? view with { Vin = Masks.Vin(view.Vin) } : view);
        }
        return (items, page.Continuation);
    }

    /// <summary>The dispute on which what is parked there waits; null: it waits for nobody's decision.</summary>
    public async Task<string?> IdOf(string partition, CancellationToken cancellation) =>
        await store.Read<Claim>(partition, Claim.Id, cancellation) is { Value: { Unconfirmed: true } claim }
            && (Claim.KindOf(partition) == "vin" || claim.Dispute?.Since is not null) ? partition : null;

    /// <summary>Gives it to one of those who named it, and with it what waits. The same decision again changes nothing.</summary>
    public Task<Outcome<DisputeView>> Settle(string id, DisputeDecision decision, Caller caller, CancellationToken cancellation) =>
        Retry.UntilDone<Outcome<DisputeView>>(
        "A dispute", async () => await TrySettle(id, decision, caller, cancellation) is { } settled ? settled : Retry.Again, cancellation);

    /// <returns>Null when another writer came between.</returns>
    private async Task<Outcome<DisputeView>?> TrySettle(string id, DisputeDecision decision, Caller caller, CancellationToken cancellation)
    {
        if (await store.Read<Claim>(id, Claim.Id, cancellation)
            is not { Value: { MemberId: { } holder, Dispute: { } dispute } claim } stored)
            return Problem.NotFound($"Dispute \"{id}\"");
        if (dispute.Since is null)
            return dispute.Decision is { } made && made.MemberId == decision.MemberId ? await View(claim, cancellation)
                : Problem.NotFound($"Dispute \"{id}\"");
        MemberId[] involved = [holder, .. dispute.Claimants];
        if (!involved.Contains(decision.MemberId))
            return new Problem("invalid-data",
                $"$.memberId: \"{decision.MemberId}\" is none of those who named it: {string.Join(", ", involved)}.", "$.memberId");
        if (decision.SamePerson && await Person(involved, decision.MemberId, id, cancellation) is { } another)
            return new Problem("invalid-data", $"$.samePerson: member \"{another}\" has another phone; two phones are two persons.",
                "$.samePerson");
        var settled = claim.SettledFor(decision, caller.Author, calendar.Now, calendar.Today);
        if (await store.Commit(id, [settled.ToReplace(stored.ETag)], cancellation) is not CommitResult.Written) return null;
        if (settled.Parked > Parking.HandedOverAtOnce) await queue.Send([WorkMessage.ToFinish(id)], cancellation);
        else await Finish(id, int.MaxValue, cancellation);
        return await View((await store.Read<Claim>(id, Claim.Id, cancellation))!.Value, cancellation);
    }

    /// <summary>What follows from a decision, and from any claim that was taken: vehicles are marked, then what waited is booked. Safe to
    /// repeat.</summary>
    /// <returns>Whether nothing is left to hand over.</returns>
    public async Task<bool> Finish(string partition, int most, CancellationToken cancellation)
    {
        await Retry.UntilDone<bool>("A dispute", async () =>
        {
            if (await store.Read<Claim>(partition, Claim.Id, cancellation)
                is not { Value: { Dispute: { Involved.Count: > 0 } dispute } claim } stored)
                return false;
            // Who loses a number loses it first: no two have it at once.
            foreach (var memberId in dispute.Involved.OrderBy(memberId => memberId == claim.MemberId))
                await Mark(memberId, claim, cancellation);
            if (dispute.Decision?.SamePerson is true)
                foreach (var memberId in dispute.Involved.Where(memberId => memberId != claim.MemberId))
                    await merge.Handle(memberId, claim.MemberId!.Value, cancellation);
            var after = claim with { Dispute = dispute with { Involved = [] } };
            return await store.Commit(partition, [after.ToReplace(stored.ETag)], cancellation) is CommitResult.Written ? true : Retry.Again;
        }, cancellation);
        return await parking.HandOver(partition, most, cancellation);
    }

    /// <summary>It is the owner's, and disputed for everybody else; an event keeps why and who decided.</summary>
    private Task<bool> Mark(MemberId memberId, Claim claim, CancellationToken cancellation) =>
        profiles.Change(memberId, (_, token) => membership.Find(claim.MemberId!.Value, token), (draft, owner) =>
        {
            if (draft.Before is not { IsPersonal: true } before) return false;
            var isOwner = owner?.MemberId == draft.MemberId;
            var happened = DisputeEvents.Settled(draft.MemberId, claim, isOwner);
            if (draft.Met(happened.Id)) return false;
            draft.Become(Marked(before, claim, isOwner), "dispute");
            draft.Attach(happened);
            return true;
        }, cancellation);

    private Profile Marked(Profile profile, Claim claim, bool isOwner)
    {
        if (NumberOf(profile, claim.Partition) is not { } number)
            return profile with { Vehicles = [.. profile.Vehicles.Select(vehicle => IsMeant(vehicle, claim)
                ? vehicle with { Disputed = isOwner ? null : true } : vehicle)] };
        return isOwner
            ? profile with { Phone = profile.Phone ?? number, DisputedPhone = null, Status = MemberStatus.Member }
            : profile with { Phone = profile.Phone == number ? null : profile.Phone, DisputedPhone = number };
    }

    private bool IsMeant(Vehicle vehicle, Claim claim) =>
        vehicle.Vin is { } vin && hasher.Claim(PersonIdentity.Parse(IdentityKind.Vin, vin).Value) == claim.Partition;

    /// <summary>The number that the dispute is about; null when it is about a vehicle, or the person never gave it.</summary>
    private string? NumberOf(Profile profile, string partition) => new[] { profile.Phone, profile.DisputedPhone }.OfType<string>()
        .FirstOrDefault(number => hasher.Claim(PersonIdentity.Parse(IdentityKind.Phone, number).Value) == partition);

    /// <summary>Somebody else than the member who has a phone of his own.</summary>
    private async Task<MemberId?> Person(IEnumerable<MemberId> involved, MemberId memberId, string partition,
        CancellationToken cancellation)
    {
        foreach (var other in involved.Where(other => other != memberId))
            if (await membership.Find(other, cancellation) is { Phone: { } phone }
                && hasher.Claim(PersonIdentity.Parse(IdentityKind.Phone, phone).Value) != partition)
                return other;
        return null;
    }

    private async Task<DisputeView> View(Claim claim, CancellationToken cancellation)
    {
        // A VIN or a number is personal: the claim has its hash only, the profile of whoever named it knows it.
        var profile = await membership.Find(claim.MemberId!.Value, cancellation);
        var vin = profile?.Vehicles.FirstOrDefault(vehicle => IsMeant(vehicle, claim))?.Vin;
        var phone = profile is not null && NumberOf(profile, claim.Partition) is { } number ? PhoneNumber.Parse(number).Value.Masked : null;
        return new DisputeView(claim.Partition, Claim.KindOf(claim.Partition), vin, phone, claim.MemberId!.Value, claim.Dispute!.Claimants,
            claim.Parked, claim.Dispute.Since ?? claim.Dispute.Decision!.At);
    }
}
