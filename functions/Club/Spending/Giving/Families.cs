using Club.Access;
using Club.Kernel;
using Club.Members;
using Club.Store;

namespace Club.Spending;

/// <summary>Somebody whom a member takes for family, or who takes her for it.</summary>
public sealed record FamilyTie(MemberId MemberId, DateTimeOffset Since);

/// <param name="Given">Whom she takes for family.</param>
/// <param name="Received">Who takes her for family.</param>
/// <param name="Family">Where both say so; since when both do.</param>
public sealed record FamilyView(MemberId MemberId, IReadOnlyList<FamilyTie> Given, IReadOnlyList<FamilyTie> Received,
    IReadOnlyList<FamilyTie> Family) : IOfMember;

/// <summary>Who is family with whom: each side says so by a call of its own, and takes it back by one.</summary>
public sealed class Families(IClubStore store, Membership membership, ClubCalendar calendar)
{
    /// <summary>More than so many who take a member for family are not shown.</summary>
    private const int MostReceived = 50;

    /// <returns>Problems: <c>not-found</c>, <c>invalid-data</c>, <c>over-limit</c>.</returns>
    public async Task<Outcome<FamilyView>> Consent(MemberId memberId, MemberId otherId, Caller caller, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return Unknown(memberId);
        if (await membership.Find(otherId, cancellation) is not { Status: MemberStatus.Member } other) return Unknown(otherId);
        if (other.MemberId == profile.MemberId) return new Problem("invalid-data", "A member is no family of her own.");
        return await Change(profile, consents => consents.Any(one => one.MemberId == other.MemberId) ? consents
            : consents.Count >= Family.Most ? null
            : [.. consents, new FamilyConsent(other.MemberId, calendar.Now, caller.Name ?? caller.Member?.Value ?? AuditTrail.Unnamed)],
            cancellation) ? await View(profile, cancellation)
            : SpendingTerms.OverLimit($"A member takes {Family.Most} others for family at most.");
    }

    /// <summary>Takes a consent back; there need not be one.</summary>
    /// <returns>Problem <c>not-found</c>.</returns>
    public async Task<Outcome<FamilyView>> Withdraw(MemberId memberId, MemberId otherId, Caller caller, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return Unknown(memberId);
        await Change(profile, consents => consents.Any(one => one.MemberId == otherId) ? [.. consents.Where(one => one.MemberId != otherId)]
            : consents, cancellation);
        return await View(profile, cancellation);
    }

    /// <returns>Problem <c>not-found</c>.</returns>
    public async Task<Outcome<FamilyView>> Of(MemberId memberId, Caller caller, CancellationToken cancellation) =>
        await membership.See(memberId, caller, cancellation) is { Profile: var profile } ? await View(profile, cancellation)
            : Unknown(memberId);

    /// <summary>Whether each takes the other for family.</summary>
    public async ValueTask<bool> AreOne(MemberId one, MemberId other, CancellationToken cancellation) =>
        (await Given(one, cancellation)).Any(consent => consent.MemberId == other)
            && (await Given(other, cancellation)).Any(consent => consent.MemberId == one);

    /// <summary>Whom a member names, as they are known by now.</summary>
    private async ValueTask<IReadOnlyList<FamilyConsent>> Given(MemberId memberId, CancellationToken cancellation) =>
        await Now((await store.Read<Family>(memberId, Family.Id, cancellation))?.Value.Consents ?? [], memberId, cancellation);

    /// <summary>Somebody who became another one is that one; who became herself is none.</summary>
    private async ValueTask<IReadOnlyList<FamilyConsent>> Now(IReadOnlyList<FamilyConsent> consents, MemberId self,
        CancellationToken cancellation)
    {
        var now = new List<FamilyConsent>();
        foreach (var consent in consents)
            now.Add(consent with { MemberId = await membership.Survivor(consent.MemberId, cancellation) });
        return [.. now.Where(one => one.MemberId != self).DistinctBy(one => one.MemberId)];
    }

    private async Task<FamilyView> View(Profile profile, CancellationToken cancellation)
    {
        FamilyTie[] given = [.. (await Given(profile.MemberId, cancellation)).Select(one => new FamilyTie(one.MemberId, one.Since))];
        var received = new List<FamilyTie>();
        foreach (var member in profile.MergedFrom.Prepend(profile.MemberId))
        {
            var page = await store.Find(IndexQuery.Equal(Family.OtherIndex, member) with { Limit = MostReceived }, cancellation);
            foreach (var family in page.Documents.Select(document => document.As<Family>()))
                received.Add(new FamilyTie(await membership.Survivor(family.MemberId, cancellation),
                    family.Consents.First(one => one.MemberId == member).Since));
        }
        FamilyTie[] told = [.. received.Where(one => one.MemberId != profile.MemberId).DistinctBy(one => one.MemberId).OrderBy(one =>
            one.Since)];
        return new FamilyView(profile.MemberId, given, told,
        [
            .. given.Join(told, one => one.MemberId, one => one.MemberId, (mine, hers) => mine.Since > hers.Since ? mine : hers),
        ]);
    }

    /// <param name="change">Of the consents as they lead now; null when there may be no more.</param>
    private Task<bool> Change(Profile profile, Func<IReadOnlyList<FamilyConsent>, IReadOnlyList<FamilyConsent>?> change,
        CancellationToken cancellation) => Retry.UntilDone<bool>($"The family of member {profile.MemberId}", async () =>
    {
        var stored = await store.Read<Family>(profile.MemberId, Family.Id, cancellation);
        var before = stored?.Value ?? new Family { MemberId = profile.MemberId };
        var consents = await Now(before.Consents, profile.MemberId, cancellation);
        if (change(consents) is not { } after) return false;
        if (after == consents) return true;
        Write write = after.Count == 0 && stored is not null ? new Write.Delete(Family.Id, stored.ETag)
            : (before with { Consents = after }).ToWrite(stored?.ETag);
        return await store.Commit(profile.MemberId, [write], cancellation) is CommitResult.Written ? true : Retry.Again;
    }, cancellation);

    private static Problem Unknown(MemberId memberId) => Problem.NotFound($"Member \"{memberId}\"");
}
