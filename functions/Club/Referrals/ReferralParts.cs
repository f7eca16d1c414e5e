using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Referrals;

/// <summary>Ends referrals after which nobody bought in time.</summary>
public sealed class ReferralSweep(ReferralLedger referrals, ClubCalendar calendar) : ISweep
{
    public const string Word = "referrals";

    public string Name => Word;

    public ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation) =>
        new([new DueQuery(DueIndex.Referral, IndexKeys.Date(calendar.Today))]);

    /// <summary>Whom it named is forgotten with it.</summary>
    public Task Handle(Document due, CancellationToken cancellation) => referrals.Change(due.As<Referral>(), now =>
        new(now.State == ReferralState.Open && now.Until < calendar.Today
            ? now.Nameless() with { State = ReferralState.Lapsed, DecidedAt = calendar.Now } : now), cancellation);
}

/// <summary>What other features ask of referrals: to move along, to be told, to forget the person.</summary>
internal sealed class ReferralParts(IClubStore store, ReferralLedger referrals) : IMovesOnMerge, IErases, IExports
{
    private static readonly IndexQuery Own = new(Referral.MemberIndex, "", IndexQuery.Last, Limit: 50);

    string IErases.Name => "referrals";
    string IExports.Name => "referrals";

    /// <summary>The account is sealed before, so nobody changes them meanwhile.</summary>
    public Task AfterEntries(Account from, MemberId to, CancellationToken cancellation) =>
        store.MoveAll<Referral>(Own, from.MemberId, to, one => one with { MemberId = to }, cancellation);

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var document in store.FindAll(Own with { Partition = profile.MemberId }, cancellation))
            yield return JsonSerializer.SerializeToNode(ReferralView.Of(document.As<Referral>(), Caller.Operator, isMasked: true),
                ClubJson.Answers)!;
    }

    /// <summary>Hers tell of others, and others' tell of her: neither names anybody afterwards.</summary>
    /// <exception cref="StoreException">A merge is moving one of them: whoever asked tries again.</exception>
    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var erased = 0;
        foreach (var member in person.Members)
            await foreach (var document in store.FindAll(Own with { Partition = member }, cancellation))
                if (await Forget(document, cancellation)) erased++;
        foreach (var identity in person.Known().Where(one => one.Kind is IdentityKind.Phone or IdentityKind.Vin))
        {
            var naming = IndexQuery.Equal(Referral.KnownIndex, identity.Value);
            await foreach (var document in store.FindAll(naming, cancellation))
                if (await Forget(document, cancellation)) erased++;
            if ((await store.Find(naming, cancellation)).Documents.Count > 0)
                throw new StoreException("A referral that names the person is on its way to another member.");
        }
        return erased;
    }

    private async Task<bool> Forget(Document document, CancellationToken cancellation)
    {
        var wasPersonal = false;
        await referrals.Change(document.As<Referral>(), now =>
        {
            wasPersonal = now.IsPersonal;
            return new(now.Nameless() with { State = now.State == ReferralState.Open ? ReferralState.Lapsed : now.State });
        }, cancellation);
        return wasPersonal;
    }
}
