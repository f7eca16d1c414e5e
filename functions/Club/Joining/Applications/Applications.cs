using System.Text;
using System.Text.Json;
using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Microsoft.Extensions.Options;

namespace Club.Joining;

/// <summary>What an application holds.</summary>
/// <param name="Data">Registration data, as it was sent.</param>
public sealed record ApplicationRequest(string Data, DealerId? DealerId, string? Note);

/// <summary>An application as staff see it. What she told is shown while it waits.</summary>
public sealed record ApplicationView(string ApplicationId, DealerId? DealerId, ApplicationState State, string? Name, string? Phone,
    string? Note, DateTimeOffset AppliedAt, string AppliedBy, DateTimeOffset? DecidedAt, string? DecidedBy, string? Reason,
    MemberId? MemberId, DateOnly? LapsesOn) : ITellsOfMembers
{
    IEnumerable<MemberId> ITellsOfMembers.Members => MemberId is { } member ? [member] : [];
}

/// <summary>Whom dealers and headquarters propose, and the queue to decide: a dealer's director about her own, headquarters about
/// all.</summary>
public sealed class Applications(IClubStore store, RegistrationReader reader, ProgrammeLibrary library, Register register, PersonKeys keys,
    Membership membership, ClubCalendar calendar, IOptions<RetentionOptions> retention) : IFinishes, IForgets
{
    private const string Prefix = "application:";

    string IFinishes.DocumentId => Application.Document;
    string IForgets.DocumentType => Application.Document;

    /// <summary>Reads applications by the programme of now.</summary>
    public async Task<Func<JsonFields, Outcome<ApplicationRequest>>> Reader(CancellationToken cancellation)
    {
        var rules = await library.Now(cancellation);
        return body =>
        {
            var note = body.Text("note", required: false, maximum: Limits.Reason);
            var registration = reader.Read(body, "application", rules);
            return registration.Problem is { } problem ? problem
                : new ApplicationRequest(body.Json.GetRawText(), registration.Value.DealerId, note);
        };
    }

    /// <returns>Problems: <c>denied</c> for another dealer's branch, <c>different-content</c>.</returns>
    public async Task<Outcome<Answered<ApplicationView>>> Apply(ApplicationRequest request, Command? command, Caller caller,
        CancellationToken cancellation)
    {
        if (caller.IsScoped && request.DealerId is { } other && other != caller.Dealer)
            return new Problem("denied", "A dealer's staff propose members of their own branch.") { Kind = ProblemKind.Denied };
        var application = new Application
        {
            Id = command is null ? Ids.Random(Prefix) : Ids.Derived(Prefix, caller.Dealer?.Value, caller.Author, command.Key),
            DealerId = caller.IsScoped ? caller.Dealer : request.DealerId,
            State = ApplicationState.Applied,
            Data = request.Data,
            Note = request.Note,
            Content = command?.Content,
            AppliedAt = calendar.Now,
            AppliedBy = caller.Author,
            ForgetOn = calendar.Today.AddDays(retention.Value.ApplicationDays),
        };
        if (await store.Commit(application.Id, [application.ToCreate()], cancellation) is CommitResult.Written)
            return new Answered<ApplicationView>(View(application, caller), IsRepeat: false);
        var before = (await Find(application.Id, caller, cancellation))?.Value;
        return before is not null && before.Content == command?.Content
            ? new Answered<ApplicationView>(View(before, caller), IsRepeat: true)
            : command!.OtherContent();
    }

    /// <summary>Makes her a member, by her identities the one she is already where she is one.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>already-decided</c>, those of registration data that the programme does not take any
    /// more.</returns>
    public async Task<Outcome<ApplicationView>> Approve(string id, string? reason, Caller caller, CancellationToken cancellation)
    {
        if (await Find(id, caller, cancellation) is { Value.Data: { } data }
            && await Unfit(id, data, caller, cancellation) is { } unfit) return unfit;
        return await Decide(id, Approved, reason, caller, cancellation);
    }

    /// <summary>Why an approval cannot be carried out by this caller; null when it can.</summary>
    private async Task<Problem?> Unfit(string id, string data, Caller caller, CancellationToken cancellation)
    {
        var told = await Told(data, cancellation);
        if (told.Problem is { } stale) return stale;
        if (!caller.IsScoped) return null;
        foreach (var identity in told.Value.Identities())
            if (await membership.Find(identity, cancellation) is { } known && known.DealerId != caller.Dealer)
                return new Problem("denied", $"Application {id} is about somebody who is a member already, of another branch or of none: headquarters decides.")
                {
                    Kind = ProblemKind.Denied,
                };
        return null;
    }

    /// <summary>What she told goes at once.</summary>
    /// <param name="reason">Why; it stays, so it must not tell of her.</param>
    public async Task<Outcome<ApplicationView>> Refuse(string id, string reason, Caller caller, CancellationToken cancellation) =>
        await Find(id, caller, cancellation) is { Value.Data: { } data } && await Names(data, reason, cancellation)
            ? ErasedPerson.MustNotName("$.reason")
            : await Decide(id, before => before.Emptied(calendar.Today) with { State = ApplicationState.Refused }, reason, caller,
                cancellation);

    /// <summary>Applications, the latest first.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<ApplicationView> Items, string? Continuation)> List(ApplicationState? state, DealerId? dealer,
        Caller caller, int limit, string? continuation, CancellationToken cancellation)
    {
        var query = new IndexQuery(Application.WhenIndex, "", IndexQuery.Last, Limit: limit, Continuation: continuation);
        if (state is { } one) query = query.And(new IndexKey(Application.StateIndex, $"{one}"));
        if (dealer is { } named) query = query.And(new IndexKey(Application.DealerIndex, named));
        // Whose applications a dealer's staff see is part of what is looked for.
        if (caller.IsScoped) query = query.And(new IndexKey(Application.DealerIndex, caller.Dealer ?? ""));
        var page = await store.Find(query, cancellation);
        var found = page.Documents.Select(document => document.As<Application>()).OrderByDescending(application => application.AppliedAt);
        return ([.. found.Select(application => View(application, caller))], page.Continuation);
    }

    /// <summary>Carries a decision out, safe to repeat: the same registration again makes no second member, and of what is empty the key
    /// goes.</summary>
    public async Task Finish(Document half, CancellationToken cancellation)
    {
        var application = half.As<Application>();
        if (application is { State: ApplicationState.Approved, Data: { } data })
        {
            var told = await Told(data, cancellation);
            if (told.Problem is not null)
            {
                // A dealer that closed since: it is to be decided again.
                await Change(application.Id, before => before with { State = ApplicationState.Applied, FinishDue = null,
                    ForgetOn = calendar.Today.AddDays(retention.Value.ApplicationDays) }, cancellation);
                return;
            }
            var source = application.DealerId is null ? "hq" : "dealer";
            var registered = await register.Handle(told.Value with { Source = source, DealerId = application.DealerId }, cancellation);
            await Change(application.Id, before => before.Emptied(calendar.Today) with { MemberId = registered.MemberId }, cancellation);
        }
        await DropKey(application.Id, cancellation);
    }

    public async Task Forget(Document old, CancellationToken cancellation)
    {
        if (old.As<Application>() is { State: ApplicationState.Applied } waiting && waiting.ForgetOn <= calendar.Today)
            await Empty(waiting.Id, cancellation);
    }

    /// <summary>Takes out what an application tells of a person: one that still waits lapses with it.</summary>
    internal async Task Empty(string id, CancellationToken cancellation)
    {
        await Change(id, before => before.Emptied(calendar.Today) with
        {
            State = before.State == ApplicationState.Applied ? ApplicationState.Lapsed : before.State,
        }, cancellation);
        await DropKey(id, cancellation);
    }

    /// <summary>Once nothing of her is in it; what a crash leaves of that, the sweep ends.</summary>
    private async Task DropKey(string id, CancellationToken cancellation)
    {
        if (await Read(id, cancellation) is not { Value: { IsPersonal: false, FinishDue: not null } }) return;
        await keys.Drop(id, cancellation);
        if (await keys.Purge(cancellation)) await Change(id, before => before with { FinishDue = null }, cancellation);
    }

    private async Task<bool> Names(string data, string reason, CancellationToken cancellation) =>
        await Told(data, cancellation) is { Succeeded: true, Value: var told }
        && new ErasedPerson([], [.. told.Identities().Select(one => new KnownAs(one.Kind, one.Value))], []).Names(told.Name, reason);

    private async Task<Outcome<Registration>> Told(string data, CancellationToken cancellation)
    {
        var rules = await library.Now(cancellation);
        return JsonFields.Parse(Encoding.UTF8.GetBytes(data), fields => reader.Read(fields, "application", rules));
    }

    private async Task<Outcome<ApplicationView>> Decide(string id, Func<Application, Application> decide, string? reason, Caller caller,
        CancellationToken cancellation)
    {
        var decided = await Retry.UntilDone<Outcome<Application>>($"Application {id}", async () =>
            await TryDecide(id, decide, reason, caller, cancellation) is { } done ? done : Retry.Again, cancellation);
        if (decided.Problem is { } problem) return problem;
        // Carried through, though the caller be gone; the same decision again ends what was left half done.
        if (await store.Read(id, Application.Document, CancellationToken.None) is { } half) await Finish(half, CancellationToken.None);
        return View((await Read(id, CancellationToken.None))!.Value, caller);
    }

    /// <returns>Null when another writer came between.</returns>
    private async Task<Outcome<Application>?> TryDecide(string id, Func<Application, Application> decide, string? reason, Caller caller,
        CancellationToken cancellation)
    {
        if (await Find(id, caller, cancellation) is not { Value: var before, ETag: var etag }) return Problem.NotFound($"Application \"{id}\"");
        var decided = decide(before) with { DecidedAt = calendar.Now, DecidedBy = caller.Author, Reason = reason };
        if (before.State == decided.State) return before;
        if (before.State != ApplicationState.Applied)
            return new Problem("already-decided",
                $"Application {id} is {JsonNamingPolicy.CamelCase.ConvertName($"{before.State}")} already.") { Kind = ProblemKind.Conflict };
        if (await store.Commit(id, [decided.ToReplace(etag)], cancellation) is not CommitResult.Written) return null;
        return decided;
    }

    private Task<bool> Change(string id, Func<Application, Application> change, CancellationToken cancellation) =>
        Retry.UntilDone<bool>($"Application {id}", async () =>
    {
        if (await Read(id, cancellation) is not { Value: var before, ETag: var etag }) return false;
        var after = change(before);
        if (after == before) return true;
        return await store.Commit(id, [after.ToReplace(etag)], cancellation) is CommitResult.Written ? true : Retry.Again;
    }, cancellation);

    /// <summary>The application, as far as it is the caller's to see.</summary>
    private async ValueTask<Stored<Application>?> Find(string id, Caller caller, CancellationToken cancellation) =>
        id.StartsWith(Prefix, StringComparison.Ordinal) && await Read(id, cancellation) is { } found
            && (!caller.IsScoped || found.Value.DealerId is { } dealer && dealer == caller.Dealer) ? found : null;

    private ValueTask<Stored<Application>?> Read(string id, CancellationToken cancellation) =>
        store.Read<Application>(id, Application.Document, cancellation);

    private Application Approved(Application before) =>
        before with { State = ApplicationState.Approved, FinishDue = calendar.Today, ForgetOn = null };

    /// <summary>Of a member that stands there twice the last, as wherever JSON is read.</summary>
    private static string? Said(string? data, string name) =>
        data is not null && JsonElement.Parse(data).TryGetProperty(name, out var said) && said.ValueKind == JsonValueKind.String
            ? said.GetString() : null;

    private static ApplicationView View(Application one, Caller caller)
    {
        var phone = PhoneNumber.Parse(Said(one.Data, "phone"));
        var name = Said(one.Data, "name");
        return new ApplicationView(one.Id, one.DealerId, one.State, caller.IsMasked ? Masks.Name(name) : name,
            phone.Succeeded ? phone.Value.Masked : null, caller.IsMasked ? null : one.Note, one.AppliedAt, one.AppliedBy, one.DecidedAt,
            one.DecidedBy, one.Reason, one.MemberId, one.State == ApplicationState.Applied ? one.ForgetOn : null);
    }
}

/// <summary>Takes out applications that are about an erased person.</summary>
internal sealed class ApplicationErasure(IClubStore store, Applications applications) : IErases
{
    public string Name => "applications";

    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var meant = new List<string>();
        await foreach (var document in store.FindAll(new IndexQuery(Application.WhenIndex, "", IndexQuery.Last, Limit: 500), cancellation))
            if (document.As<Application>() is { IsPersonal: true } one && person.IsIn($"{one.Data}\n{one.Note}")) meant.Add(one.Id);
        foreach (var id in meant) await applications.Empty(id, cancellation);
        return meant.Count;
    }
}
