using System.Text.Json.Nodes;
using Club.Activities;
using Club.Desk.Frame;
using Club.Identity;
using Club.Kernel;
using Club.Transactions;

namespace Club.Desk.Rooms.Activities;

/// <summary>Takes an activity on: its budget asked for, opened, closed, cancelled.</summary>
public sealed class StepActivity(ActivityPlans plans, ActivityPage page) : IForm
{
    private static readonly ActivityState[] Steps =
        [ActivityState.Requested, ActivityState.Open, ActivityState.Closed, ActivityState.Cancelled];

    public Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation) => Go(visit, form, Steps, plans, page, cancellation);

    internal static async Task<Reply> Go(Visit visit, Form form, IReadOnlyList<ActivityState> steps, ActivityPlans plans, ActivityPage page,
        CancellationToken cancellation)
    {
        if (ActivitiesWords.StateOf(form.Text("step")) is not { } to || !steps.Contains(to))
            return await page.Show(visit, new Typed(form), null, new Problem("invalid-data", "$.step: there is no such step.", "$.step"), cancellation);
        var body = FormBody.Of(form, "reason");
        var step = Amounts.Into(body, form, "spent") is { } unfit ? unfit : FormBody.Read(body, fields => ActivityStep.Read(fields, to));
        if (step.Problem is { } wrong) return await page.Show(visit, new Typed(form), null, wrong, cancellation);
        var went = await plans.Go(visit.Value("activity"), step.Value, visit.Admitted, cancellation);
        return went.Problem is { } problem ? await page.Show(visit, new Typed(form), null, problem, cancellation)
            : Reply.To(ActivitiesRoom.Address, [visit.Value("activity")], ("done", ActivitiesWords.WordOf(to)));
    }
}

/// <summary>Agrees to a budget, or refuses it.</summary>
public sealed class DecideBudget(ActivityPlans plans, ActivityPage page) : IForm
{
    private static readonly ActivityState[] Steps = [ActivityState.Approved, ActivityState.Refused];

    public Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation) =>
        StepActivity.Go(visit, form, Steps, plans, page, cancellation);
}

/// <summary>Counts whom a filter means, or invites them.</summary>
public sealed class InviteMembers(Invitees invitees, Invitations invitations, ActivityPage page) : IForm
{
    public const string Count = "count";

    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var (code, typed) = (visit.Value("activity"), new Typed(form));
        var body = FormBody.Of(form, "text");
        body["filter"] = FormBody.Of(form, "dealerId", "tier", "hobby", "valueClass", "loyaltyClass");
        var wanted = FormBody.Read(body, InvitationRequest.Read);
        if (wanted.Problem is { } wrong) return await page.Show(visit, typed, null, AtField(wrong), cancellation);
        if (form.Text("do") == Count)
        {
            var counted = await invitees.Count(code, wanted.Value.Filter, visit.Admitted, cancellation);
            return counted.Problem is { } why ? await page.Show(visit, typed, null, AtField(why), cancellation)
                : await page.Show(visit, typed, counted.Value, null, cancellation);
        }
        var command = FormBody.Once(visit, form, body.ToJsonString());
        var sent = await invitations.Send(code, wanted.Value, command, visit.Admitted, cancellation);
        return sent.Problem is { } problem ? await page.Show(visit, typed, null, AtField(problem), cancellation)
            : Reply.To(ActivitiesRoom.Address, [code], ("done", "invited"));
    }

    private static Problem AtField(Problem problem) =>
        problem with { Path = problem.Path?.Replace("$.filter.", "$.", StringComparison.Ordinal) };
}

/// <summary>Lets in whoever stands at the door.</summary>
public sealed class LetIn(CheckIns checkIns, ActivityPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var who = form.Text("who") ?? "";
        var phone = PersonIdentity.Parse(IdentityKind.Phone, who);
        var identity = phone.Succeeded ? phone : PersonIdentity.Parse(IdentityKind.Card, who);
        var body = new JsonObject();
        var guests = Amounts.Into(body, form, "guests", decimals: 0) is { } unfit ? unfit : FormBody.Read(body, SignUpRequest.Read);
        if ((identity.Problem is null ? guests.Problem : new Problem("invalid-data", "$.who: a phone or a card number is expected.", "$.who")) is { } wrong)
            return await page.Show(visit, new Typed(form), null, wrong, cancellation);
        var request = new CheckInRequest(new MemberReference(null, identity.Value), form.Text("guests") is null ? null : guests.Value);
        var entered = await checkIns.ByStaff(visit.Value("activity"), request, visit.Admitted, cancellation);
        if (entered.Problem is not { } problem)
            return Reply.To(ActivitiesRoom.Address, [visit.Value("activity")], ("done", entered.Value.IsRepeat ? "again" : "in"));
        return await page.Show(visit, new Typed(form), null, problem.Kind == ProblemKind.NotFound
            ? new Problem("not-found", "$.who: nobody is known by it.", "$.who") { Kind = ProblemKind.NotFound } : problem, cancellation);
    }
}
