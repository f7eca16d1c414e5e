using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;

namespace Club.Care;

/// <summary>Plans what is due for one member. The messages are created with the profile or account that remembers them; an occasion that exists is left alone.</summary>
public sealed class PlanCare(IClubStore store, ProgrammeVersions programmes, ClubCalendar calendar, CareMessages messages, MemberLedger ledger)
{
    private const int Attempts = 10;

    public async Task Handle(string memberId, CancellationToken cancellation = default)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
            if (await TryProfile(memberId, cancellation) && await TryAccount(memberId, cancellation)) return;
        throw new StoreException($"The care of member {memberId} met other writers {Attempts} times.");
    }

    private async Task<bool> TryProfile(string memberId, CancellationToken cancellation)
    {
        var stored = await store.Read<Profile>(memberId, Profile.Id, cancellation);
        if (stored?.Value is not { CareDue: { } due } profile || due > calendar.Today) return true;
        var account = await ledger.Load(memberId, cancellation);
        var occasions = MemberCare.Between(programmes.Current, profile, profile.CareDoneUntil ?? due.AddDays(-1), calendar.Today);
        var after = profile with { CareDoneUntil = calendar.Today };
        after = after with { CareDue = MemberCare.DueOn(programmes.Current, after, calendar.Today) };
        return await Commit(memberId, profile, account, occasions, after.ToReplace(stored.ETag), cancellation);
    }

    private async Task<bool> TryAccount(string memberId, CancellationToken cancellation)
    {
        var stored = await store.Read<Account>(memberId, Account.Id, cancellation);
        if (stored?.Value is not { CareDue: { } due, MergedInto: null } account || due > calendar.Today) return true;
        var profile = await store.Read<Profile>(memberId, Profile.Id, cancellation);
        var (after, occasions) = AccountCare.Plan(programmes.Current, account, calendar.Today);
        return await Commit(memberId, profile?.Value, account, occasions, after.ToReplace(stored.ETag), cancellation);
    }

    private async Task<bool> Commit(
        string memberId, Profile? profile, Account account, IEnumerable<Occasion> occasions, Write state, CancellationToken cancellation)
    {
        var planned = profile is null ? [] : occasions.Select(occasion => messages.Compose(profile, account, occasion)).ToList();
        while (true)
        {
            switch (await store.Commit(memberId, [.. planned.Select(record => record.ToCreate()), state], cancellation))
            {
                case CommitResult.Written:
                    foreach (var record in planned) Telemetry.Sms.Add(1, new KeyValuePair<string, object?>("state", record.State));
                    return true;
                case CommitResult.Exists exists when planned.RemoveAll(record => exists.Ids.Contains(record.DocumentId)) > 0:
                    break;
                default:
                    return false;
            }
        }
    }
}
