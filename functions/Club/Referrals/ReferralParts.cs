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
public sealed class ReferralSweep(IClubStore store, ClubCalendar calendar) : ISweep
{
    public const string Word = "referrals";

    public string Name => Word;

    public ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation) =>
        new([new DueQuery(DueIndex.Referral, IndexKeys.Date(calendar.Today))]);

    /// <summary>Whom it named is forgotten with it.</summary>
    public async Task Handle(Document due, CancellationToken cancellation)
    {
        var referral = due.As<Referral>();
        if (referral.State != ReferralState.Open || referral.Until >= calendar.Today) return;
        var lapsed = referral with { State = ReferralState.Lapsed, DecidedAt = calendar.Now, Phone = null, Vin = null, Name = null };
        await store.Commit(due.Partition, [lapsed.ToReplace(due.ETag)], cancellation);
    }
}

/// <summary>What other features ask of referrals: to move along, to be told, to forget the person.</summary>
internal sealed class ReferralParts(IClubStore store) : IMovesOnMerge, IErases, IExports
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
    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var erased = 0;
        foreach (var member in person.Members)
            await foreach (var document in store.FindAll(Own with { Partition = member }, cancellation))
                if (await Forget(document, cancellation)) erased++;
        foreach (var identity in person.Known().Where(one => one.Kind is IdentityKind.Phone or IdentityKind.Vin))
            await foreach (var document in store.FindAll(IndexQuery.Equal(Referral.KnownIndex, identity.Value), cancellation))
                if (await Forget(document, cancellation)) erased++;
        return erased;
    }

    private Task<bool> Forget(Document document, CancellationToken cancellation) =>
        Retry.UntilDone<bool>($"A referral of member {document.Partition}", async () =>
        {
            var stored = await store.Read<Referral>(document.Partition, document.Id, cancellation);
            if (stored is not { Value: { IsPersonal: true } now, ETag: var etag }) return false;
            var state = now.State == ReferralState.Open ? ReferralState.Lapsed : now.State;
            var after = now with { Phone = null, Vin = null, Name = null, State = state };
            return await store.Commit(document.Partition, [after.ToReplace(etag)], cancellation) is CommitResult.Written ? true
                : Retry.Again;
        }, cancellation);
}
