using System.Text.Json;
using Club.Access;
using Club.Dealers;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Explaining;
using Club.Kernel;
using Club.Programmes;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Dealing;

/// <param name="Budgets">Null: not hers to see.</param>
/// <param name="MayAsk">Whether she asks for this dealer's budget.</param>
/// <param name="Plan">Null: there are no plans, or it is not hers to see.</param>
public sealed record DealerModel(DealerView Dealer, PageOf<BudgetView>? Budgets, PlanModel? Plan, bool MayAsk, string Month, Typed Typed,
    Problem? Problem, Said? Done)
{
    public static readonly string[] Fields = ["month", "amount", "purpose", "plan", "from"];
}

/// <param name="Shown">The version in force, or the one that is to come.</param>
/// <param name="Sentences">What it gives, in words.</param>
/// <param name="Text">The latest version as it was written.</param>
public sealed record PlanModel(PlanView Plan, PlanVersionView? Shown, IReadOnlyList<string> Sentences, string Text, bool MayWrite,
    bool MayStop);

/// <summary>One dealer: what is known of it, and what it may spend.</summary>
public sealed class DealerPage(Dealerships dealers, DealerBudgets budgets, DealerPlans plans, ProgrammeLibrary library,
    ClubCalendar calendar) : IPage
{
    private static readonly JsonSerializerOptions Layout = new(ClubJson.Options) { WriteIndented = true };

    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, Typed.Nothing, null, cancellation);

    /// <summary>The page, with what was typed and why it was refused.</summary>
    public async Task<Reply> Show(Visit visit, Typed typed, Problem? problem, CancellationToken cancellation)
    {
        var code = new DealerId(visit.Value("dealer"));
        if (await dealers.Find(code, cancellation) is not { } dealer) return Reply.Nothing;
        var reader = visit.For(Right.ReadDealerBudgets);
        var isHers = reader is not null && (!reader.IsScoped || reader.Dealer == code.Value);
        var found = isHers ? await Paging.Find(visit, (limit, continuation) =>
            budgets.List(code, null, reader!, limit, continuation, cancellation)) : null;
        var mayAsk = visit.For(Right.AskDealerBudget) is { } asking && (!asking.IsScoped || asking.Dealer == code.Value);
        var plan = await PlanOf(visit, dealer, cancellation);
        var model = new DealerModel(dealer, found, plan, mayAsk && dealer.State != DealerState.Closed, DealerBudget.MonthOf(calendar.Today),
            typed, problem, problem is null ? DealingWords.Done(visit.Asked("done")) ?? PlanWords.Done(visit.Asked("done")) : null);
        return Reply.Of<OneDealer>(model, DealingWords.Dealer, problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind),
            $"{DealingRoom.Address}/{code}");
    }

    private async Task<PlanModel?> PlanOf(Visit visit, DealerView dealer, CancellationToken cancellation)
    {
        var programme = (await library.Now(cancellation)).Current;
        if (programme.BranchPlans is null || visit.For(Right.ReadDealerPlan) is not { } reader
            || await plans.Find(dealer.Code, reader, cancellation) is not { } plan)
            return null;
        var shown = plan.Current ?? (plan.Versions is [var latest, ..] ? latest : null);
        var mayWrite = visit.For(Right.WriteDealerPlan) is { } writer && (!writer.IsScoped || writer.Dealer == dealer.Code.Value);
        return new PlanModel(plan, shown,
            shown?.Plan is { } text ? PlanSentences.Of(visit.Language, programme, dealer.Code, shown.Number, text) : [],
            plan.Versions is [{ Plan: { } last }, ..] ? JsonSerializer.Serialize(last, Layout) : "{ \"rules\": [] }",
            mayWrite && dealer.State != DealerState.Closed, visit.May(Right.SuspendDealerPlan));
    }
}

/// <summary>Asks for a dealer's budget of a month.</summary>
public sealed class AskBudget(DealerBudgets budgets, DealerPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var body = FormBody.Of(form, "purpose");
        if (Amounts.Into(body, form, "amount") is { } unfit) return await page.Show(visit, new Typed(form), unfit, cancellation);
        var request = FormBody.Read(body, BudgetRequest.Read);
        if (request.Problem is { } wrong) return await page.Show(visit, new Typed(form), wrong, cancellation);
        var code = new DealerId(visit.Value("dealer"));
        var asked = await budgets.Ask(code, form.Text("month") ?? "", request.Value, visit.Admitted, cancellation);
        if (asked.Problem is { Kind: ProblemKind.Denied }) return new Reply.Denied();
        // Of a call the month is part of the address.
        return asked.Problem is { } problem
            ? await page.Show(visit, new Typed(form), problem.Path == "month" ? problem with { Path = "$.month" } : problem, cancellation)
            : Reply.To(DealingRoom.Address, [code], ("done", "asked"));
    }
}

/// <summary>Agrees to the amount that she has seen.</summary>
public sealed class ApproveBudget(DealerBudgets budgets, DealerPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var code = new DealerId(visit.Value("dealer"));
        Money? seen = Amounts.Of(form.Text("amount")) is { } yuan ? Money.Of(yuan) : null;
        var approved = await budgets.Approve(code, visit.Value("month"), seen, visit.Admitted, cancellation);
        return approved.Problem is { } problem ? await Told(problem, visit, page, cancellation)
            : Reply.To(DealingRoom.Address, [code], ("done", "approved"));
    }

    internal static async Task<Reply> Told(Problem problem, Visit visit, DealerPage page, CancellationToken cancellation) =>
        problem.Kind == ProblemKind.NotFound ? Reply.Nothing : await page.Show(visit, Typed.Nothing, problem, cancellation);
}

/// <summary>Does not agree, and says why.</summary>
public sealed class RefuseBudget(DealerBudgets budgets, DealerPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var reason = FormBody.Reason(form);
        if (reason.Problem is { } wrong) return await page.Show(visit, Typed.Nothing, wrong, cancellation);
        var code = new DealerId(visit.Value("dealer"));
        var refused = await budgets.Refuse(code, visit.Value("month"), reason.Value, visit.Admitted, cancellation);
        return refused.Problem is { } problem ? await ApproveBudget.Told(problem, visit, page, cancellation)
            : Reply.To(DealingRoom.Address, [code], ("done", "refused"));
    }
}
