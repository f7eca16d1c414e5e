using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Store;
using Club.Transactions;

namespace Club.Joining;

/// <summary>Each identity that leads to a person does so by a claim, and what a claim counts as waiting is there.</summary>
internal sealed class IdentityVerifier(IClubStore store, IdentityHasher hasher, MessageKeys keys) : IVerifies
{
    public Task Verify(Document document, Action<string> differs, CancellationToken cancellation)
    {
        switch (document.Type)
        {
            case "profile" when document.As<Profile>() is var profile:
                if (profile.MemberId != document.Partition) differs(Misplaced(document));
                else if (profile.IsPersonal) return Verify(profile, differs, cancellation);
                break;
            case "claim" when document.As<Claim>() is var claim:
                if (claim.Partition != document.Partition) differs(Misplaced(document));
                else return Verify(claim, differs, cancellation);
                break;
        }
        return Task.CompletedTask;
    }

    private async Task Verify(Profile profile, Action<string> differs, CancellationToken cancellation)
    {
        // A merge that is not finished leads from the profile to the survivor as its claims do.
        var person = await Person(profile.MemberId, cancellation);
        foreach (var identity in Identities(profile))
        {
            var claim = await store.Read<Claim>(hasher.Claim(identity), Claim.Id, cancellation);
            var owner = claim?.Value.MemberId is { } claimed ? await Person(claimed, cancellation) : null;
            if (owner != person)
                differs($"Member {profile.MemberId}: the claim of the {identity.Kind} leads {(owner is null ? "nowhere" : $"to {owner}")}.");
        }
    }

    private ValueTask<string> Person(MemberId memberId, CancellationToken cancellation) =>
        keys.PersonOf(new MessageKey { MemberId = memberId, TakenAt = default }, cancellation);

    private static IEnumerable<PersonIdentity> Identities(Profile profile)
    {
        yield return PersonIdentity.Parse(IdentityKind.Card, profile.CardNumber).Value;
        if (profile.Phone is { } phone) yield return PersonIdentity.Parse(IdentityKind.Phone, phone).Value;
        foreach (var openId in profile.OpenIds) yield return PersonIdentity.OpenId(openId).Value;
    }

    private async Task Verify(Claim claim, Action<string> differs, CancellationToken cancellation)
    {
        if (claim.Parked == 0 || claim.FinishDue is not null) return;
        var waiting = 0;
        await foreach (var _ in store.FindAll(new IndexQuery(Parked.ParkedIndex, "", IndexQuery.Last, Partition: claim.Partition),
            cancellation))
            waiting++;
        if (waiting != claim.Parked) differs($"Claim {claim.Partition} counts {claim.Parked} parked transactions, there are {waiting}.");
    }

    private static string Misplaced(Document document) =>
        $"Document {document.Id} of {document.Partition} ({document.Type}) belongs to somebody else.";
}
