using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Dealers;
using Club.Desk.Frame;
using Club.Kernel;

namespace Club.Desk.Rooms.Dealing;

/// <summary>Writes the next version of a dealer's plan; what is wrong is given back with its sentences.</summary>
public sealed class WritePlan(DealerPlans plans, DealerPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var request = Read(form);
        if (request.Problem is { } wrong) return await page.Show(visit, new Typed(form), wrong, cancellation);
        var code = new DealerId(visit.Value("dealer"));
        var written = await plans.Write(code, request.Value, visit.Admitted, cancellation);
        return written.Problem switch
        {
            { Kind: ProblemKind.Denied } => new Reply.Denied(),
            { Kind: ProblemKind.NotFound } => Reply.Nothing,
            { } problem => await page.Show(visit, new Typed(form), problem, cancellation),
            null => Reply.To(DealingRoom.Address, [code], ("done", "plan")),
        };
    }

    private static Outcome<PlanRequest> Read(Form form)
    {
        var body = FormBody.Of(form, "from");
        body["after"] = int.TryParse(form.Text("after"), out var after) ? after : 0;
        try
        {
            body["plan"] = JsonNode.Parse(form.Whole("plan"));
        }
        catch (JsonException exception)
        {
            return new Problem("malformed-json", $"$.plan: this is not JSON (line {exception.LineNumber + 1}).", "$.plan");
        }
        return FormBody.Read(body, PlanRequest.Read);
    }
}

/// <summary>Stops a dealer's plan, with the reason.</summary>
public sealed class SuspendPlan(DealerPlans plans, DealerPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var reason = FormBody.Reason(form);
        if (reason.Problem is { } wrong) return await page.Show(visit, Typed.Nothing, wrong, cancellation);
        var code = new DealerId(visit.Value("dealer"));
        var suspended = await plans.Suspend(code, reason.Value, visit.Admitted, cancellation);
        return suspended.Problem is { } problem ? await ApproveBudget.Told(problem, visit, page, cancellation)
            : Reply.To(DealingRoom.Address, [code], ("done", "suspended"));
    }
}

/// <summary>Lets a dealer's plan go on.</summary>
public sealed class ResumePlan(DealerPlans plans, DealerPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var code = new DealerId(visit.Value("dealer"));
        var resumed = await plans.Resume(code, visit.Admitted, cancellation);
        return resumed.Problem is { } problem ? await ApproveBudget.Told(problem, visit, page, cancellation)
            : Reply.To(DealingRoom.Address, [code], ("done", "resumed"));
    }
}
