using System.Collections.Concurrent;
using Club.Access;
using Club.Kernel;
using Club.Members;
using Club.Store;

namespace Club.Proof;

/// <summary>Gives members the proof that their history is what it was.</summary>
public sealed class ProofDesk(Roots roots, IKeptFiles files, Membership membership)
{
    /// <summary>Of so many roots what stands above the leaves is remembered: some hundred bytes for 128 members.</summary>
    private const int Remembered = 8;

    private readonly ConcurrentDictionary<DateOnly, HeadsFile> _told = new();

    /// <summary>The proof by the root of a day; of a member that was merged into another, of her own entries until then.</summary>
    /// <param name="day">Null: by the newest root.</param>
    /// <returns>Or <c>not-found</c>: the member, the root, or an entry of hers by then.</returns>
    public async Task<Outcome<MemberProof>> Of(MemberId memberId, DateOnly? day, Caller caller, CancellationToken cancellation)
    {
        // Whoever was forgotten keeps her chain, and what is left of it names nobody.
        if (caller.IsScoped && await membership.See(memberId, caller, cancellation) is null) return Problem.NotFound($"Member \"{memberId}\"");
        var root = day is { } asked ? await roots.Of(asked, cancellation) : await roots.Latest(cancellation);
        if (root is null) return Problem.NotFound(day is { } date ? $"A root of {IndexKeys.Date(date)}" : "A root");
        return await Of(memberId, root, cancellation) is { } proof ? proof
            : Problem.NotFound($"An entry of member \"{memberId}\" on {root.DocumentId}");
    }

    private async Task<MemberProof?> Of(MemberId memberId, RootRecord root, CancellationToken cancellation)
    {
        await using var heads = await OpenedHeads.Open(files, root, cancellation, _told.GetValueOrDefault(root.Day));
        if (_told.TryAdd(root.Day, heads.Told) && _told.Count > Remembered)
            foreach (var other in _told.Keys.Where(other => other != root.Day).Take(_told.Count - Remembered))
                _told.TryRemove(other, out _);
        return await heads.Find(memberId, cancellation) is { } placed ? MemberProof.Of(placed, root) : null;
    }
}
