using System.Text.Json;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;

namespace Club.Tiers;

/// <summary>The tier of an account is the one at which its events end.</summary>
internal sealed class TierVerifier(IClubStore store, ProgrammeLibrary library) : IVerifies
{
    /// <summary>The change with the highest number: those of one commit are told in any order.</summary>
    private readonly Dictionary<MemberId, (int Number, TierCode Tier)> _last = [];
    private TierCode? _lowest;

    public async Task Verify(Document document, Action<string> differs, CancellationToken cancellation)
    {
        var lowest = _lowest ??= (await library.Now(cancellation)).Current.Tiers[0].Code;
        if (document.Type == "account" && document.As<Account>() is var account && account.Tier.Code != lowest)
            _last.TryAdd(account.MemberId, (0, lowest));
        else if (document.Type == "event" && document.As<MemberEvent>() is { Kind: MemberEventKind.TierChanged, Number: { } number } changed
            && number >= _last.GetValueOrDefault(changed.MemberId).Number)
            _last[changed.MemberId] = (number, new TierCode(changed.To!));
    }

    public async Task End(Action<string> differs, CancellationToken cancellation)
    {
        foreach (var (memberId, (_, tier)) in _last)
            if (await Account(memberId, cancellation) is { MergedInto: null } account && account.Tier.Code != tier)
                differs($"Member {memberId}: the account holds tier {account.Tier.Code}, its events end at {tier}.");
    }

    /// <summary>Null when there is none that can be read; then that was told before.</summary>
    private async Task<Account?> Account(MemberId memberId, CancellationToken cancellation)
    {
        try
        {
            return (await store.Read<Account>(memberId, Ledger.Account.Id, cancellation))?.Value;
        }
        catch (Exception exception) when (exception is StoreException or JsonException or FormatException)
        {
            return null;
        }
    }
}
