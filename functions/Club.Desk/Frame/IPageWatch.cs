using Club.Kernel;

namespace Club.Desk.Frame;

/// <summary>Stands around every page and form that takes a right, so that it can be kept who reads whose data and who changes what, before
/// it is told or done. The host may register one.</summary>
public interface IPageWatch
{
    /// <param name="answer">Reads, or does; asked for once.</param>
    Task<Reply> Run(Visit visit, Route route, Func<Task<Reply>> answer, CancellationToken cancellation);
}

/// <summary>What a page shows tells about members.</summary>
public interface IShowsMembers
{
    IEnumerable<MemberId> Members { get; }
}
