using Club.Access;
using Club.Desk.Frame;
using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Audit;

/// <param name="Problem">Why nothing could be asked.</param>
public sealed record AuditModel(PageOf<AuditRecord> Found, Problem? Problem);

/// <summary>What was done and read, the latest first.</summary>
public sealed class AuditPage(AuditTrail audit, ClubCalendar calendar) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        var asked = AuditQuestion.Read(visit, calendar);
        if (asked.Problem is { } problem)
            return Reply.Of<AuditList>(new AuditModel(new PageOf<AuditRecord>([], null), problem), TrailWords.Audit,
                StatusCodes.Status400BadRequest, AuditRoom.Address);
        var found = await Paging.Find(visit, (limit, continuation) => audit.Find(asked.Value, limit, continuation, cancellation));
        return Reply.Of<AuditList>(new AuditModel(found, null), TrailWords.Audit, on: AuditRoom.Address);
    }
}

/// <summary>The same as a file.</summary>
public sealed class AuditFile(AuditTrail audit, AuditPage page, ClubCalendar calendar) : IFile
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        var asked = AuditQuestion.Read(visit, calendar);
        if (asked.Problem is not null) return await page.Show(visit, cancellation);
        return new Reply.Download("text/csv; charset=utf-8", "audit.csv", (stream, token) =>
            AuditCsv.Write(stream, audit, asked.Value, token));
    }
}
