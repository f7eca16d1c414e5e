using Club.Access;
using Club.Kernel;

namespace Club.Desk.Frame;

/// <summary>Keeps who reads whose data on a page and who changes what by a form, as with every other call.</summary>
internal sealed class PageAudit(AuditTrail audit) : IPageWatch
{
    public async Task<Reply> Run(Visit visit, Route route, Func<Task<Reply>> answer, CancellationToken cancellation)
    {
        if (!Rights.IsAudited(route.Right)) return await answer();
        if (!route.IsForm)
        {
            var shown = await answer();
            await Keep(visit, route, shown.Members, shown.Code, cancellation);
            return shown;
        }
        var begun = await Keep(visit, route, [], status: null, cancellation);
        var reply = await answer();
        // Whoever has gone meanwhile has still done it.
        await audit.Finish(begun, visit.Admitted, reply.Code, CancellationToken.None);
        return reply;
    }

    private Task<AuditRecord> Keep(Visit visit, Route route, IEnumerable<MemberId> shown, int? status, CancellationToken cancellation) =>
        audit.Keep(visit.Admitted, null, $"Console:{route.Handler.Name}",
            [.. visit.Values.Values.SelectMany(AuditSubject.Members), .. shown], AuditSubject.Of(visit.Values.Values), status,
            cancellation);
}
