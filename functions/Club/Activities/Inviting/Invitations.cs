using Club.Access;
using Club.Kernel;
using Club.Programmes;
using Club.Store;

namespace Club.Activities;

/// <summary>Invites members to an activity. It is written down, then worked off page by page by the work queue; whatever a crash leaves,
/// the next begins where the bookmark stands, and nobody is written to twice.</summary>
public sealed class Invitations(IClubStore store, Invitees invitees, Inviting inviting, ActivityPlans plans, ProgrammeLibrary library,
    IWorkQueue queue, ClubCalendar calendar) : IFinishes
{
    /// <summary>So many pages one message works off, so that the queue does not lose patience.</summary>
    private const int PagesAtOnce = 20;
    private const int PerPage = 100;

    public string DocumentId => Invitation.Id;

    /// <returns>Problems: those of <see cref="Invitees"/>, <c>wrong-state</c>, <c>not-offered</c> without a text,
    /// <c>still-inviting</c>, <c>different-content</c>.</returns>
    public async Task<Outcome<Answered<InvitationView>>> Send(string code, InvitationRequest request, Command command, Caller caller,
        CancellationToken cancellation)
    {
        var meant = await invitees.For(code, request.Filter, caller, cancellation);
        if (meant.Problem is { } problem) return problem;
        var (activity, partition) = (meant.Value.Activity, ClubActivity.PartitionOf(code));
        var text = request.Text ?? (await library.Now(cancellation)).Current.Care
            .FirstOrDefault(one => one.Occasion == CareOccasion.ActivityInvitation)?.Template.Source;
        var sent = await Retry.UntilDone<Outcome<Answered<InvitationView>>>($"The invitation to {code}", async () =>
        {
            if (await store.Read<CommandRecord>(partition, CommandRecord.IdOf(command.Key, command.Scope), cancellation) is { } told)
                return told.Value.Again<InvitationView>(command);
            if (SignUpRules.Closed(activity, calendar.Now) is { } closed) return (Outcome<Answered<InvitationView>>)closed;
            if (text is null)
                return (Outcome<Answered<InvitationView>>)new Problem("not-offered", "$.text: is missing, and the care plan has none.", "$.text")
                { Kind = ProblemKind.Conflict };
            var running = await store.Read<Invitation>(partition, Invitation.Id, cancellation);
            if (running is { Value.IsDone: false })
                return (Outcome<Answered<InvitationView>>)new Problem("still-inviting", $"Members are still being invited to {code}.")
                { Kind = ProblemKind.Conflict };
            var invitation = new Invitation
            {
                Activity = code, Filter = meant.Value.Filter, Text = text, At = calendar.Now, Author = caller.Name ?? AuditTrail.Unnamed,
            };
            var view = InvitationView.Of(invitation);
            Write[] writes = [invitation.ToWrite(running?.ETag),
                CommandRecord.Of(command, invitation.Author, invitation.At, view).ToCreate()];
            return await store.Commit(partition, writes, cancellation) is CommitResult.Written
                ? (Outcome<Answered<InvitationView>>)new Answered<InvitationView>(view, IsRepeat: false) : Retry.Again;
        }, cancellation);
        // The sweep would begin it too, within the hour.
        if (sent.Succeeded) await queue.Send([WorkMessage.ToFinish(partition)], cancellation);
        return sent;
    }

    /// <summary>How far the latest has come; null when there is none that is the caller's to see.</summary>
    public async Task<InvitationView?> Find(string code, Caller caller, CancellationToken cancellation) =>
        await plans.Find(code, caller, cancellation) is not null
        && await store.Read<Invitation>(ClubActivity.PartitionOf(code), Invitation.Id, cancellation) is { Value: var one }
            ? InvitationView.Of(one) : null;

    public async Task Finish(Document half, CancellationToken cancellation)
    {
        for (var pages = 0; pages < PagesAtOnce; pages++)
            if (await store.Read<Invitation>(half.Partition, Invitation.Id, cancellation) is not { Value.IsDone: false } stored
                || await Next(stored, cancellation))
                return;
        await queue.Send([WorkMessage.ToFinish(half.Partition)], cancellation);
    }

    /// <returns>Whether it is done.</returns>
    private async Task<bool> Next(Stored<Invitation> stored, CancellationToken cancellation)
    {
        var before = stored.Value;
        if (await plans.Read(before.Activity, cancellation) is not { } activity) return true;
        var after = SignUpRules.Closed(activity.Value, calendar.Now) is not null ? before with { IsDone = true }
            : await Page(before, activity.Value, cancellation);
        Write[] writes = after.IsDone
            ? [after.ToReplace(stored.ETag), (activity.Value with
            {
                Invited = activity.Value.Invited + after.Invited, NotInvited = activity.Value.NotInvited + after.NotInvited,
            }).ToReplace(activity.ETag)]
            : [after.ToReplace(stored.ETag)];
        // Another that works it off too has come as far, or somebody has changed the activity: it is looked at again.
        return await store.Commit(ClubActivity.PartitionOf(before.Activity), writes, cancellation) is CommitResult.Written && after.IsDone;
    }

    private async Task<Invitation> Page(Invitation before, ClubActivity activity, CancellationToken cancellation)
    {
        try
        {
            var (found, next) = await invitees.Page(before.Filter, PerPage, before.Bookmark, cancellation);
            var became = await inviting.Write(before, activity, found, cancellation);
            return before with
            {
                Bookmark = next, IsDone = next is null, Invited = before.Invited + became.Invited,
                NotInvited = before.NotInvited + became.NotInvited, Before = before.Before + became.Before,
            };
        }
        catch (ArgumentException) when (before.Bookmark is not null)
        {
            // The store knows its own bookmark no more. Whoever was invited is met again, and counted once.
            return before with { Bookmark = null, Invited = 0, NotInvited = 0, Before = 0 };
        }
    }
}
