using Club.Access;
using Club.Kernel;

namespace Club.Desk.Frame;

/// <summary>What a page shows tells about members.</summary>
public interface IShowsMembers
{
    IEnumerable<MemberId> Members { get; }
}

/// <summary>Stands around every page and form that takes a right: keeps who reads whose data and who changes what, as with every other
/// call.</summary>
public sealed class PageAudit(AuditTrail audit)
{
    /// <param name="answer">Reads, or does; asked for once.</param>
    public Task<Reply> Run(Visit visit, Route route, Func<Task<Reply>> answer, CancellationToken cancellation)
    {
        if (!Rights.IsAudited(route.Right)) return answer();
        var values = visit.Values.Values;
        var call = new AuditedCall($"Console:{route.Handler.Name}", values.SelectMany(AuditSubject.Members), AuditSubject.Of(values));
        return audit.Watch(call, route.IsForm, () => visit.Admitted, answer, reply => (reply.Members, reply.Code), cancellation);
    }
}
