using System.Globalization;
using System.Text.Json.Nodes;
using Club.Activities;
using Club.Desk.Frame;
using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Activities;

/// <param name="Code">Of an activity that is there; null: it is new.</param>
/// <param name="Values">What stands in the fields.</param>
public sealed record PlanModel(string? Code, IReadOnlyDictionary<string, string?> Values, Problem? Problem)
{
    public static readonly string[] Fields =
        ["code", "name", "kind", "place", "description", "dealerId", "from", "until", "signUpUntil", "places", "guestsPerMember", "asked"];

    public bool IsAtField => Fields.Any(name => Words.ProblemWords.IsAt(Problem, name)) || Problem?.Path == "code";
}

/// <summary>What an activity is to be.</summary>
public sealed class PlanPage(ActivityPlans plans) : IPage
{
    private const string Local = "yyyy-MM-dd'T'HH:mm";

    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        if (!visit.Values.TryGetValue("activity", out var code)) return Show(null, new Dictionary<string, string?>(), null);
        if (await plans.Find(code, visit.Admitted, cancellation) is not { Value: var one }) return Reply.Nothing;
        return Show(code, new Dictionary<string, string?>
        {
            ["name"] = one.Name, ["kind"] = one.Kind, ["place"] = one.Place, ["description"] = one.Description,
            ["dealerId"] = one.DealerId?.Value, ["from"] = At(one.From, visit), ["until"] = At(one.Until, visit),
            ["signUpUntil"] = At(one.SignUpUntil, visit), ["places"] = one.Places?.ToString(CultureInfo.InvariantCulture),
            ["guestsPerMember"] = one.GuestsPerMember.ToString(CultureInfo.InvariantCulture),
            ["asked"] = one.Budget.Asked.Yuan.ToString("0.##", CultureInfo.InvariantCulture),
        }, null);
    }

    /// <summary>The form as it was sent, with what is wrong with it.</summary>
    public static Reply Show(string? code, IReadOnlyDictionary<string, string?> values, Problem? problem) => Reply.Of<PlanSheet>(
        new PlanModel(code, values, problem), ActivitiesWords.Plan, problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind),
        code is null ? $"{ActivitiesRoom.Address}/new" : $"{ActivitiesRoom.Address}/{code}/plan");

    /// <summary>A moment as it was typed, in the brand's zone; as it stands where it is none, for the reader to refuse.</summary>
    internal static string Moment(string text, Visit visit) =>
        DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, visit.Zone.GetUtcOffset(local)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) : text;

    private static string At(DateTimeOffset moment, Visit visit) =>
        TimeZoneInfo.ConvertTime(moment, visit.Zone).ToString(Local, CultureInfo.InvariantCulture);
}

/// <summary>Makes an activity, or makes it another.</summary>
public sealed class PlanActivity(ActivityPlans plans) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var known = visit.Values.TryGetValue("activity", out var named) ? named : null;
        var code = known ?? form.Text("code") ?? "";
        var body = FormBody.Of(form, "name", "kind", "place", "description", "dealerId");
        foreach (var name in (string[])["from", "until", "signUpUntil"])
            if (form.Text(name) is { } text) body[name] = PlanPage.Moment(text, visit);
        var unfit = Amounts.Into(body, form, "places", decimals: 0) ?? Amounts.Into(body, form, "guestsPerMember", decimals: 0);
        var budget = new JsonObject();
        unfit ??= Amounts.Into(budget, form, "asked");
        if (budget.Count > 0) body["budget"] = budget;
        var wanted = unfit is null ? FormBody.Read(body, fields => ActivityRequest.Read(fields, code)) : unfit;
        if (wanted.Problem is { } wrong) return Again(known, form, wrong);
        var put = await plans.Put(code, wanted.Value, null, visit.Admitted, cancellation);
        return put.Problem is { } problem ? Again(known, form, problem) : Reply.To(ActivitiesRoom.Address, [code], ("done", "planned"));
    }

    private static Reply Again(string? code, Form form, Problem problem) =>
        PlanPage.Show(code, PlanModel.Fields.ToDictionary(field => field, field => (string?)form.Whole(field)),
            problem.Path == "$.budget.asked" ? problem with { Path = "$.asked" } : problem);
}
