using Club.Ledger;
using Club.Store;

namespace Club.Members;

/// <summary>Whoever has lapsed can come back by a transaction: her account says that there is something to look at.</summary>
internal sealed class LapseVerifier(IClubStore store) : IVerifies
{
    public async Task Verify(Document document, Action<string> differs, CancellationToken cancellation)
    {
        if (document.Type != "profile" || document.As<Profile>() is not { Status: MemberStatus.Lapsed } lapsed) return;
        if (await store.Read<Account>(lapsed.MemberId, Account.Id, cancellation) is { Value.Lapsed: true }) return;
        // She may have come back between the two reads.
        if (await store.Read<Profile>(lapsed.MemberId, Profile.Id, cancellation) is { Value.Status: MemberStatus.Lapsed })
            differs($"Member {lapsed.MemberId} has lapsed and her account does not say so.");
    }
}
