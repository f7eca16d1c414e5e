using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Members;

/// <summary>Whose a vehicle is, where that is not sure.</summary>
/// <param name="Id">The dispute's id, which tells nothing of the vehicle.</param>
/// <param name="MemberId">Whom the VIN leads to: the first who named it.</param>
/// <param name="Claimants">Members with other phones who named it as well.</param>
/// <param name="Parked">Transactions that wait until it is settled.</param>
/// <param name="Since">When the question came up.</param>
public sealed record DisputeView(string Id, string? Vin, string MemberId, IReadOnlyList<string> Claimants, int Parked, DateTimeOffset Since);

/// <summary>What a person decided: whose the vehicle is, why, and who says so.</summary>
public sealed record DisputeDecision(string MemberId, string Reason, string Author)
{
    private const int MaximumReason = 512;
    private const int MaximumAuthor = 64;

    public static Outcome<DisputeDecision> Read(ReadOnlyMemory<byte> json) => JsonFields.Parse<DisputeDecision>(json, root =>
    {
        var (member, reason, author) = (root.Text("memberId", maximum: 64), root.Text("reason", maximum: MaximumReason), root.Text("author", maximum: MaximumAuthor));
        return root.Problem is { } problem ? problem : new DisputeDecision(member!, reason!, author!);
    });
}

/// <summary>
/// Vehicles whose owner is not sure: what waited for a VIN when somebody typed it, and VINs that several members named. Staff or a dealer look at the
/// papers and decide (docs/decisions/0019).
/// </summary>
public sealed class Disputes(IClubStore store, ClubCalendar calendar, Membership membership, Parking parking, IdentityHasher hasher, IWorkQueue queue)
{
    /// <summary>More than this many parked transactions are left to the work queue.</summary>
    private const int HandedOverAtOnce = 100;

    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<DisputeView> Items, string? Continuation)> List(int limit, string? continuation, CancellationToken cancellation)
    {
        var page = await store.Find(new IndexQuery(Claim.DisputeIndex, "", IndexQuery.Last, Limit: limit, Continuation: continuation), cancellation);
        var items = new List<DisputeView>(page.Documents.Count);
        foreach (var document in page.Documents) items.Add(await View(document.As<Claim>(), cancellation));
        return (items, page.Continuation);
    }

    /// <summary>The dispute on which what is parked there waits; null: it waits for nobody's decision.</summary>
    public async Task<string?> IdOf(string partition, CancellationToken cancellation) =>
        await store.Read<Claim>(partition, Claim.Id, cancellation) is { Value.Unconfirmed: true } ? partition : null;

    /// <summary>Gives the VIN to one of those who named it, and with it what waits. The same decision again changes nothing.</summary>
    public async Task<Outcome<DisputeView>> Settle(string id, DisputeDecision decision, CancellationToken cancellation)
    {
        while (true)
        {
            if (await store.Read<Claim>(id, Claim.Id, cancellation) is not { Value: { MemberId: { } holder, Dispute: { } dispute } claim } stored) return Problems.NotFound($"Dispute \"{id}\"");
            if (dispute.Since is null)
                return dispute.Decision is { } made && made.MemberId == decision.MemberId ? await View(claim, cancellation) : Problems.NotFound($"Dispute \"{id}\"");
            string[] involved = [holder, .. dispute.Claimants];
            if (!involved.Contains(decision.MemberId))
                return new Problem("invalid-data", $"$.memberId: \"{decision.MemberId}\" is none of those who named the vehicle: {string.Join(", ", involved)}.", "$.memberId");
            var settled = claim.SettledFor(decision, calendar.Now, calendar.Today);
            if (await store.Commit(id, [settled.ToReplace(stored.ETag)], cancellation) is not CommitResult.Written) continue;
            if (settled.Parked > HandedOverAtOnce) await queue.Send([WorkMessage.ToFinish(id)], cancellation);
            else await Finish(id, int.MaxValue, cancellation);
            return await View((await store.Read<Claim>(id, Claim.Id, cancellation))!.Value, cancellation);
        }
    }

    /// <summary>What follows from a decision, and from any claim that was taken: vehicles are marked, then what waited is booked. Safe to repeat.</summary>
    /// <returns>Whether nothing is left to hand over.</returns>
    public async Task<bool> Finish(string partition, int most, CancellationToken cancellation)
    {
        while (await store.Read<Claim>(partition, Claim.Id, cancellation) is { Value: { Dispute: { Involved.Count: > 0 } dispute } claim } stored)
        {
            foreach (var memberId in dispute.Involved) await Mark(memberId, claim, cancellation);
            await store.Commit(partition, [(claim with { Dispute = dispute with { Involved = [] } }).ToReplace(stored.ETag)], cancellation);
        }
        return await parking.HandOver(partition, most, cancellation);
    }

    /// <summary>The vehicle is the owner's, and disputed for everybody else; an event keeps why and who decided.</summary>
    private async Task Mark(string memberId, Claim claim, CancellationToken cancellation)
    {
        while (await membership.Find(memberId, cancellation) is { } found && await store.Read<Profile>(found.MemberId, Profile.Id, cancellation) is { Value.MergedInto: null } stored)
        {
            var owner = await membership.Find(claim.MemberId!, cancellation);
            bool? disputed = owner?.MemberId == found.MemberId ? null : true;
            var happened = MemberEvent.VehicleSettled(found.MemberId, claim, disputed is null);
            var after = stored.Value with { Vehicles = [.. stored.Value.Vehicles.Select(vehicle => IsMeant(vehicle, claim) ? vehicle with { Disputed = disputed } : vehicle)] };
            var result = await store.Commit(found.MemberId, [happened.ToCreate(), after.ToReplace(stored.ETag)], cancellation);
            if (result is CommitResult.Written or CommitResult.Exists) return;
        }
    }

    private bool IsMeant(Vehicle vehicle, Claim claim) => vehicle.Vin is { } vin && hasher.Claim(PersonIdentity.Parse(IdentityKind.Vin, vin).Value) == claim.Partition;

    private async Task<DisputeView> View(Claim claim, CancellationToken cancellation)
    {
        // A VIN is personal: the claim has its hash only, the profile of whoever named it the number.
        var vin = (await membership.Find(claim.MemberId!, cancellation))?.Vehicles.FirstOrDefault(vehicle => IsMeant(vehicle, claim))?.Vin;
        return new DisputeView(claim.Partition, vin, claim.MemberId!, claim.Dispute!.Claimants, claim.Parked, claim.Dispute.Since ?? claim.Dispute.Decision!.At);
    }
}
