using System.Globalization;
using Club.Access;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Who changed what, and who read whose data.</summary>
public sealed class AuditFunctions(AuditTrail audit, ClubCalendar calendar)
{
    [Function("Audit")]
    [Needs(Right.ReadAudit)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit")] HttpRequest request,
        CancellationToken cancellation)
    {
        var criteria = Criteria(request);
        if (criteria.Problem is { } wrong) return Http.Problem(wrong);
        return Http.Query(request, "format") switch
        {
            null or "json" => await Http.Page(request,
                (limit, continuation) => audit.Find(criteria.Value, limit, continuation, cancellation)),
            "csv" => Results.Stream(stream => AuditCsv.Write(stream, audit, criteria.Value, cancellation), "text/csv; charset=utf-8",
                "audit.csv"),
            _ => Http.Problem(new Problem("invalid-query", "format: json or csv is expected.", "format")),
        };
    }

    private Outcome<AuditCriteria> Criteria(HttpRequest request)
    {
        var (from, to) = (Moment(request, "from", 0), Moment(request, "to", 1));
        if ((from.Problem ?? to.Problem) is { } wrong) return wrong;
        return new AuditCriteria(Http.Query(request, "member") is { } member ? new MemberId(member) : null, Http.Query(request, "author"),
            from.Value, to.Value);
    }

    /// <summary>A time, or a date of the brand's zone from its beginning or, <paramref name="days"/> later, to its end.</summary>
    private Outcome<DateTimeOffset?> Moment(HttpRequest request, string name, int days)
    {
        // A plus sign that was not escaped comes as a space.
        if (Http.Query(request, name)?.Replace(' ', '+') is not { } text) return (DateTimeOffset?)null;
        if (Rfc3339.TryParse(text, out var moment) && moment.Year is > 1900 and < 3000) return moment;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is > 1900 and < 3000
            ? calendar.At(date.AddDays(days), TimeOnly.MinValue)
            : new Problem("invalid-query", $"{name}: \"{text}\" is neither a date such as 2026-11-26 nor a time such as 2026-11-26T09:00:00+08:00.",
                name);
    }
}
