using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;

namespace Club.Care;

/// <summary>Plans what a profile or an account is due for. The messages are created with the document that remembers them; an occasion that exists is left alone.</summary>
public sealed class PlanCare(IClubStore store, ProgrammeVersions programmes, ClubCalendar calendar, CareMessages messages, MemberLedger ledger)
{
    private const int Attempts = 10;

    /// <param name="due">The profile or account as it was found; it is read again only after a conflict.</param>
    public async Task Handle(Document due, CancellationToken cancellation = default)
    {
        var document = due;
        for (var attempt = 1; attempt <= Attempts && document is not null; attempt++)
        {
            if (due.Id == Profile.Id ? await TryProfile(document.ToStored<Profile>(), cancellation) : await TryAccount(document.ToStored<Account>(), cancellation)) return;
            document = await store.Read(due.Partition, due.Id, cancellation);
        }
        throw new StoreException($"The care of member {due.Partition} met other writers {Attempts} times.");
    }

    private async Task<bool> TryProfile(Stored<Profile> stored, CancellationToken cancellation)
    {
        if (stored.Value is not { CareDue: { } due } profile || due > calendar.Today) return true;
        var account = await ledger.Load(profile.MemberId, cancellation);
        var occasions = MemberCare.Between(programmes.Current, profile, profile.CareDoneUntil ?? due.AddDays(-1), calendar.Today);
        var after = profile with { CareDoneUntil = calendar.Today };
        after = after with { CareDue = MemberCare.DueOn(programmes.Current, after, calendar.Today) };
        return await Commit(profile.MemberId, profile, account, occasions, after.ToReplace(stored.ETag), cancellation);
    }

    private async Task<bool> TryAccount(Stored<Account> stored, CancellationToken cancellation)
    {
        if (stored.Value is not { CareDue: { } due, MergedInto: null } account || due > calendar.Today) return true;
        var (after, occasions) = AccountCare.Plan(programmes.Current, account, calendar.Today);
        var profile = occasions.Count == 0 ? null : await store.Read<Profile>(account.MemberId, Profile.Id, cancellation);
        return await Commit(account.MemberId, profile?.Value, account, occasions, after.ToReplace(stored.ETag), cancellation);
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
