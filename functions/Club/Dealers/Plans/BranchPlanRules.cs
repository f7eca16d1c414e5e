using System.Globalization;
using System.Text.Json;
using Club.Access;
using Club.Kernel;
using Club.Programmes;

namespace Club.Dealers;

/// <summary>A dealer's plan as it is stored.</summary>
/// <param name="Latest">The text of the version written last.</param>
public sealed record KnownPlan(DealerPlan State, JsonElement Latest);

/// <summary>Who writes a dealer's plan, and when it has force. Nothing that is decided reaches back: what happened before is judged as it
/// was. Pure.</summary>
public static class BranchPlanRules
{
    /// <summary>After so long every host has looked at the plans, so that all judge alike from the first moment on.</summary>
    public static readonly TimeSpan Notice = ProgrammeLibrary.Freshness * 2;

    /// <summary>More were never written in earnest.</summary>
    public const int MostVersions = 500;

    private const int MostPauses = 200;
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    /// <summary>Puts the next version behind those that are there.</summary>
    /// <param name="rulesOn">The rule book that holds at a moment.</param>
    /// <returns>Null: it is what was written last already. Problems: <c>plan-changed</c>, <c>invalid-data</c>, <c>over-limit</c>.</returns>
    public static Outcome<PlanVersion?> Write(KnownPlan? before, DealerId dealer, PlanRequest request,
        Func<DateTimeOffset, Programme> rulesOn, ActingPerson author, DateTimeOffset now)
    {
        var last = before?.State.Versions[^1];
        if (last is not null && (request.From is null || request.From == last.From) && JsonElement.DeepEquals(before!.Latest, request.Plan))
            return (PlanVersion?)null;
        if (request.After != (last?.Number ?? 0))
            return new Problem("plan-changed", last is null ? $"$.after: dealer {dealer} has no plan yet; 0 is expected."
                : $"$.after: {last.Author.Name} has written version {last.Number} since. Read it and decide again.", "$.after")
            { Kind = ProblemKind.Conflict };
        if (last?.Number >= MostVersions)
            return new Problem("over-limit", $"{MostVersions} versions of one plan are the most.") { Kind = ProblemKind.Conflict };
        var from = request.From ?? now + Notice;
        if (from < now + Notice || from > now + Furthest)
            return new Problem("invalid-data",
                $"$.from: {Text(from)} is not from {Text(now + Notice)} to {Text(now + Furthest)}.", "$.from");
        var number = (last?.Number ?? 0) + 1;
        if (BranchPlanReader.Read(rulesOn(from), dealer, number, request.Plan).Errors is { Count: > 0 } errors) return Wrong(errors);
        return new PlanVersion { DealerId = dealer, Line = new PlanLine(number, from, now, author), Plan = request.Plan };
    }

    /// <summary>From soon on no version has force, whoever writes one.</summary>
    /// <returns>The plan as it was where it is suspended already. Problem <c>over-limit</c>.</returns>
    public static Outcome<DealerPlan> Suspend(DealerPlan plan, string reason, ActingPerson? by, DateTimeOffset now) =>
        plan.Pauses is [.., { Until: null }] ? plan
        : plan.Pauses.Count >= MostPauses
            ? new Problem("over-limit", $"{MostPauses} suspensions of one plan are the most.") { Kind = ProblemKind.Conflict }
        : plan with { Pauses = [.. plan.Pauses, new PlanPause(now + Notice, null, reason, by)] };

    /// <summary>From soon on the plan has force again.</summary>
    /// <returns>The plan as it was where it is not suspended.</returns>
    public static DealerPlan Resume(DealerPlan plan, DateTimeOffset now) => plan.Pauses is [.., { Until: null } open]
        ? plan with { Pauses = [.. plan.Pauses.SkipLast(1), open with { Until = now + Notice }] } : plan;

    private static Problem Wrong(IReadOnlyList<ProgrammeError> errors) => new("invalid-data",
        string.Join(' ', errors.Take(20).Select(error => $"$.plan{error.Path[1..]}: {error.Message}")), $"$.plan{errors[0].Path[1..]}");

    private static string Text(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
