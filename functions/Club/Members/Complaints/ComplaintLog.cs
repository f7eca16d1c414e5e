using Club.Access;
using Club.Kernel;
using Club.Programmes;
using Club.Store;
using Microsoft.Extensions.Options;

namespace Club.Members;

/// <summary>What complaints are looked for by: all of it holds for each that is found.</summary>
public sealed record ComplaintCriteria(ComplaintState? State, DealerId? Dealer, string? Owner);

/// <summary>A complaint as staff see it.</summary>
public sealed record ComplaintView(string Id, MemberId MemberId, DealerId? DealerId, string Subject, string? Channel, ComplaintState State,
    string Owner, DateOnly DueOn, bool Overdue, int Reminders, DateTimeOffset OpenedAt, string OpenedBy, DateTimeOffset? ClosedAt,
    IReadOnlyList<ComplaintNote> Notes) : IOfMember;

/// <summary>Takes complaints down and follows them up.</summary>
public sealed class ComplaintLog(IClubStore store, ComplaintLedger complaints, Membership membership, ProgrammeLibrary library,
    ClubCalendar calendar, IOptions<RetentionOptions> retention)
{
    private const string Id = "complaint:";

    /// <returns>Problems: <c>not-found</c>, <c>unknown-dealer</c>, <c>invalid-data</c>, <c>being-merged</c>.</returns>
    public async Task<Outcome<Answered<ComplaintView>>> Open(MemberId memberId, ComplaintRequest request, Command? command, Caller caller,
        CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return Problem.NotFound($"Member \"{memberId}\"");
        // A dealer's staff take down what concerns their own dealer.
        var dealer = caller.IsScoped ? caller.Dealer : request.DealerId;
        if (dealer is { } named && (await library.Now(cancellation)).Current.Unknown(named, "$.dealerId") is { } unknown) return unknown;
        if (Unfit(request.DueOn) is { } unfit) return unfit;
        var due = request.DueOn ?? calendar.Today.AddDays(ComplaintRequest.DaysToSolve);
        var complaint = new Complaint
        {
            Id = command is null ? Ids.Random(Id) : Ids.Derived(Id, caller.Dealer?.Value, caller.Author, command.Key),
            MemberId = profile.MemberId,
            Content = command?.Content,
            DealerId = dealer,
            Subject = request.Subject,
            Channel = request.Channel,
            State = ComplaintState.Open,
            Owner = request.Owner ?? caller.Author,
            DueOn = due,
            RemindOn = due.AddDays(1),
            OpenedAt = calendar.Now,
            OpenedBy = caller.Author,
            Notes = [new ComplaintNote(calendar.Now, caller.Author, ComplaintState.Open, request.Text)],
        };
        var opened = await complaints.Open(complaint, isRepeatable: command is not null, cancellation);
        if (opened.Problem is { } problem) return problem;
        var (kept, isRepeat) = (opened.Value.Answer, opened.Value.IsRepeat);
        return command is null || kept.Content == command.Content ? new Answered<ComplaintView>(View(kept, caller), isRepeat)
            : command.OtherContent();
    }

    /// <summary>Adds a step; with a state, an owner or a day it changes those. What is closed opens again by a step with another
    /// state.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>invalid-data</c>, <c>complaint-full</c>, <c>being-merged</c>.</returns>
    public async Task<Outcome<ComplaintView>> Follow(MemberId memberId, string id, ComplaintStep step, Caller caller,
        CancellationToken cancellation)
    {
        if (Unfit(step.DueOn) is { } unfit) return unfit;
        // What concerns their own dealer they follow up, though the member went to another branch meanwhile.
        var profile = (await membership.See(memberId, caller, cancellation))?.Profile
            ?? (caller.IsScoped ? await membership.Find(memberId, cancellation) : null);
        if (profile is null) return Unknown(id);
        if (!id.StartsWith(Id, StringComparison.Ordinal)) return Unknown(id);
        var followed = await complaints.Change(profile.MemberId, id, before => Decide(before, step, caller), cancellation);
        return followed.Problem is { } problem ? problem
            : followed.Value is { } after ? View(after, caller) : (Outcome<ComplaintView>)Unknown(id);
    }

    private Outcome<Complaint> Decide(Complaint before, ComplaintStep step, Caller caller)
    {
        if (!IsShown(before, caller)) return Unknown(before.Id);
        if (before.Notes.Count >= Complaint.MostNotes && step.State != ComplaintState.Closed)
            return new Problem("complaint-full", $"Complaint {before.Id} has {Complaint.MostNotes} steps. Open another.")
            {
                Kind = ProblemKind.Conflict,
            };
        return Followed(before, step, caller.Author);
    }

    /// <summary>Complaints, the latest first.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<ComplaintView> Items, string? Continuation)> List(ComplaintCriteria criteria, Caller caller, int limit,
        string? continuation, CancellationToken cancellation)
    {
        var query = new IndexQuery(Complaint.OpenIndex, "", IndexQuery.Last, Limit: limit, Continuation: continuation);
        if (criteria.State is { } state) query = query.And(new IndexKey(Complaint.StateIndex, $"{state}"));
        if (criteria.Owner is { } owner) query = query.And(new IndexKey(Complaint.OwnerIndex, owner));
        if (criteria.Dealer is { } dealer) query = query.And(new IndexKey(Complaint.DealerIndex, dealer));
        // Whose complaints a dealer's staff see is part of what is looked for.
        if (caller.IsScoped) query = query.And(new IndexKey(Complaint.DealerIndex, caller.Dealer ?? ""));
        return await Page(query, caller, cancellation);
    }

    /// <summary>Those that nobody has closed, by when somebody is reminded of them: what is overdue comes first.</summary>
    public async Task<IReadOnlyList<ComplaintView>> Pressing(DealerId? dealer, Caller caller, int most, CancellationToken cancellation)
    {
        var query = new IndexQuery(DueIndex.Complaint, "", IndexQuery.Last, Limit: most);
        if (dealer is { } named) query = query.And(new IndexKey(Complaint.DealerIndex, named));
        if (caller.IsScoped) query = query.And(new IndexKey(Complaint.DealerIndex, caller.Dealer ?? ""));
        return [.. (await Page(query, caller, cancellation)).Items.OrderBy(one => one.DueOn)];
    }

    /// <summary>One member's; null when she is not the caller's to see.</summary>
    public async Task<(IReadOnlyList<ComplaintView> Items, string? Continuation)?> Of(MemberId memberId, Caller caller, int limit,
        string? continuation, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return null;
        var query = new IndexQuery(Complaint.MemberIndex, "", IndexQuery.Last, Partition: profile.MemberId, Limit: limit,
            Continuation: continuation);
        if (caller.IsScoped) query = query.And(new IndexKey(Complaint.DealerIndex, caller.Dealer ?? ""));
        return await Page(query, caller, cancellation);
    }

    private async Task<(IReadOnlyList<ComplaintView> Items, string? Continuation)> Page(IndexQuery query, Caller caller,
        CancellationToken cancellation)
    {
        var page = await store.Find(query, cancellation);
        var found = page.Documents.Select(document => document.As<Complaint>()).Where(complaint => IsShown(complaint, caller))
            .OrderByDescending(complaint => complaint.OpenedAt);
        return ([.. found.Select(complaint => View(complaint, caller))], page.Continuation);
    }

    /// <summary>A dealer's staff see what concerns their dealer, not what the same member has against another.</summary>
    private static bool IsShown(Complaint complaint, Caller caller) =>
        !caller.IsScoped || complaint.DealerId is { } dealer && dealer == caller.Dealer;

    private Problem? Unfit(DateOnly? due) => due is null || due >= calendar.Today && due <= calendar.Today.AddYears(1) ? null
        : new Problem("invalid-data", $"$.dueOn: {due:yyyy-MM-dd} is not a day from today to a year from now.", "$.dueOn");

    private Complaint Followed(Complaint before, ComplaintStep step, string author)
    {
        var state = step.State ?? (before.State == ComplaintState.Open ? ComplaintState.InProgress : before.State);
        var due = step.DueOn ?? before.DueOn;
        var isOpen = state is ComplaintState.Open or ComplaintState.InProgress;
        return before with
        {
            State = state,
            Owner = step.Owner ?? before.Owner,
            DueOn = due,
            RemindOn = !isOpen ? null
                : step.DueOn is not null || before.RemindOn is null ? Later(due, calendar.Today).AddDays(1) : before.RemindOn,
            ClosedAt = state == ComplaintState.Closed ? before.ClosedAt ?? calendar.Now : null,
            ClosedOn = state == ComplaintState.Closed ? before.ClosedOn ?? calendar.Today : null,
            ForgetOn = state == ComplaintState.Closed ? calendar.Today.AddDays(retention.Value.ComplaintDays) : null,
            Notes = [.. before.Notes, new ComplaintNote(calendar.Now, author, state, step.Text)],
        };
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private ComplaintView View(Complaint one, Caller caller) => new(one.Id, one.MemberId, one.DealerId, caller.IsMasked ? "" : one.Subject,
        one.Channel, one.State, one.Owner, one.DueOn, one.IsOpen && one.DueOn < calendar.Today, one.Reminders, one.OpenedAt, one.OpenedBy,
        one.ClosedAt, caller.IsMasked ? [.. one.Notes.Select(note => note with { Text = "" })] : one.Notes);

    private static Problem Unknown(string id) => Problem.NotFound($"Complaint \"{id}\"");
}
