using System.Text.Json.Serialization.Metadata;
using Club.Benefits;
using Club.Edges;
using Club.Identity;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Store;
using Club.Transactions;

namespace Club.Running;

/// <summary>Looks at every document by itself: that it can be read as what it says it is, that it lies where it belongs, and that profiles, claims and what is parked lead to one another.</summary>
public sealed class DocumentVerifier(IClubStore store, IdentityHasher hasher, MessageKeys keys)
{
    private static readonly Dictionary<string, Func<Document, object>> Readers = new(StringComparer.Ordinal)
    {
        ["account"] = Read<Account>, ["entry"] = Read<Entry>, ["event"] = Read<MemberEvent>, ["reversed"] = Read<Reversed>, ["budget"] = Read<BudgetState>, ["reservation"] = Read<Reservation>,
        ["rejection"] = Read<Rejection>, ["key"] = Read<MessageKey>, ["benefits"] = Read<BenefitState>, ["benefitUse"] = Read<BenefitUse>, ["claim"] = Read<Claim>, ["profile"] = Read<Profile>,
        ["parked"] = Read<Parked>, ["delivered"] = Read<Delivered>, ["sms"] = Read<SmsRecord>, ["programme"] = Read<StoredProgramme>, ["programmeDraft"] = Read<ProgrammeDraft>, ["publication"] = Read<PublicationRecord>,
        ["health"] = Read<StoreProbe>, ["programmeCatalogue"] = Read<ProgrammeCatalogue>,
    };

    private static object Read<T>(Document document) where T : class, IStored<T>
    {
        var value = document.As<T>();
        if (value.DocumentId != document.Id) throw new FormatException($"It says that it is {value.DocumentId}.");
        _ = value.Index;
        return value;
    }

    /// <returns>What is wrong, a sentence each.</returns>
    public async Task<IReadOnlyList<string>> Verify(Document document, CancellationToken cancellation = default)
    {
        if (!Readers.TryGetValue(document.Type, out var read)) return [$"Document {document.Id} of {document.Partition} is of a type that is not known: {document.Type}."];
        return read(document) switch
        {
            Account account when account.MemberId != document.Partition => [Misplaced(document)],
            Entry entry when entry.MemberId != document.Partition => [Misplaced(document)],
            Profile profile when profile.MemberId != document.Partition => [Misplaced(document)],
            Profile { MergedInto: null } profile => await Verify(profile, cancellation),
            Claim claim when claim.Partition != document.Partition => [Misplaced(document)],
            Claim claim => await Verify(claim, cancellation),
            Parked parked when await keys.Find(parked.Id, cancellation) is null => [$"Parked transaction {parked.Id} has no idempotency key."],
            _ => [],
        };
    }

    /// <summary>Each identity that leads to a person does so by a claim.</summary>
    private async Task<IReadOnlyList<string>> Verify(Profile profile, CancellationToken cancellation)
    {
        var differences = new List<string>();
        // A merge that is not finished leads from the profile to the survivor as its claims do.
        var person = await Person(profile.MemberId, cancellation);
        foreach (var identity in Identities(profile))
        {
            var claim = await store.Read<Claim>(hasher.Claim(identity), Claim.Id, cancellation);
            var owner = claim?.Value.MemberId is { } claimed ? await Person(claimed, cancellation) : null;
            if (owner != person) differences.Add($"Member {profile.MemberId}: the claim of the {identity.Kind} leads {(owner is null ? "nowhere" : $"to {owner}")}.");
        }
        return differences;
    }

    private ValueTask<string> Person(string memberId, CancellationToken cancellation) => keys.PersonOf(new MessageKey { MemberId = memberId, TakenAt = default }, cancellation);

    private static IEnumerable<PersonIdentity> Identities(Profile profile)
    {
        yield return PersonIdentity.Parse(IdentityKind.Card, profile.CardNumber).Value;
        if (profile.Phone is { } phone) yield return PersonIdentity.Parse(IdentityKind.Phone, phone).Value;
        foreach (var openId in profile.OpenIds) yield return PersonIdentity.OpenId(openId).Value;
    }

    /// <summary>What a claim counts as waiting is there.</summary>
    private async Task<IReadOnlyList<string>> Verify(Claim claim, CancellationToken cancellation)
    {
        if (claim.Parked == 0 || claim.FinishDue is not null) return [];
        var waiting = 0;
        await foreach (var _ in store.FindAll(new IndexQuery(Parked.ParkedIndex, "", IndexQuery.Last, Partition: claim.Partition), cancellation)) waiting++;
        return waiting == claim.Parked ? [] : [$"Claim {claim.Partition} counts {claim.Parked} parked transactions, there are {waiting}."];
    }

    private static string Misplaced(Document document) => $"Document {document.Id} of {document.Partition} ({document.Type}) belongs to somebody else.";
}
