using Club.Care;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Store;

namespace Club.Activities;

/// <summary>Writes invitations to members: each is one message of its occasion, ever, under the rules of all messages.</summary>
public sealed class Inviting(IClubStore store, CareMessages care, MemberLedger ledger, ProgrammeLibrary library, ClubCalendar calendar)
{
    private const int AtOnce = 8;

    /// <summary>What a message about an activity is known by.</summary>
    public static string OccasionOf(string activity) => $"{Kind}:{activity}";

    internal const string Kind = "activity";

    /// <summary>What was written for the same invitation before counts as now.</summary>
    public async Task<(int Invited, int NotInvited, int Before)> Write(Invitation invitation, ClubActivity activity,
        IReadOnlyList<Profile> members, CancellationToken cancellation)
    {
        var rules = await library.Now(cancellation);
        var template = CareTemplate.TryParse(invitation.Text, CareVariables.Of(CareOccasion.ActivityInvitation), out _)
            ?? throw new InvalidOperationException($"The text of the invitation to {activity.Code} cannot be read any more.");
        var occasion = new Occasion(new CareMessage(CareOccasion.ActivityInvitation, 0, template), OccasionOf(activity.Code),
            calendar.DateOf(activity.SignUpUntil), new Dictionary<string, object?>
            {
                ["activity"] = activity.Name, ["place"] = activity.Place, ["startsOn"] = calendar.DateOf(activity.From),
                ["signUpUntil"] = calendar.DateOf(activity.SignUpUntil),
            });
        var (invited, notInvited, before) = (0, 0, 0);
        foreach (var some in members.Chunk(AtOnce))
            foreach (var state in await Task.WhenAll(some.Select(member => Write(rules, member, occasion, invitation.At, cancellation))))
                if (state is null) before++;
                else if (state == SmsState.Suppressed) notInvited++;
                else invited++;
        return (invited, notInvited, before);
    }

    /// <returns>Null: she was invited before.</returns>
    private async Task<SmsState?> Write(ProgrammeVersions rules, Profile member, Occasion occasion, DateTimeOffset since,
        CancellationToken cancellation)
    {
        // With her account, so that of two who write to her at once one counts what the other said.
        var (sms, isNew) = await ledger.Change(member.MemberId, (journal, token) => Compose(rules, journal, member, occasion, token),
            (journal, said) =>
        {
            if (said is not { IsThere: false, Sms: { } one }) return (said.Sms, false);
            journal.Attach(one);
            journal.Record(one.Happened(journal.RecordedAt));
            return (one, true);
        }, cancellation);
        if (isNew) Telemetry.Sms.Add(1, new KeyValuePair<string, object?>("state", sms!.State));
        return sms is null ? SmsState.Suppressed : isNew || sms.PlannedAt >= since ? sms.State : null;
    }

    /// <returns>Nothing for whoever became somebody else meanwhile, or is forgotten.</returns>
    private async ValueTask<(SmsRecord? Sms, bool IsThere)> Compose(ProgrammeVersions rules, Journal journal, Profile member,
        Occasion occasion, CancellationToken cancellation)
    {
        if (journal.Account.MemberId != member.MemberId
            || (await store.Read<Profile>(member.MemberId, Profile.Id, cancellation))?.Value is not { IsPersonal: true } profile)
            return default;
        return await store.Read<SmsRecord>(member.MemberId, SmsRecord.IdOf(occasion.Key), cancellation) is { Value: var there }
            ? (there, true) : ((await care.Compose(rules, profile, journal.Account, [occasion], cancellation))[0], false);
    }
}
