using System.Globalization;
using Club.Desk.Frame;
using Club.Edges;
using Club.Explaining;
using Club.Kernel;
using Club.Ledger;

namespace Club.Desk.Rooms.Members;

/// <param name="Explained">Each with its explanation.</param>
public sealed record EntriesModel(MemberHead Head, PageOf<(Entry Entry, EntryExplanation Explanation)> Explained)
    : IShowsMembers
{
    public IEnumerable<MemberId> Members => [Head.Member.MemberId];
}

/// <summary>The ledger of one member, newest first, each entry with the reason for its points.</summary>
public sealed class EntriesPage(MemberFile file, MemberViews views) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        if (await file.Open(visit, cancellation) is not { } head) return Reply.Nothing;
        var page = await Paging.Find(visit, async (limit, continuation) =>
        {
            var found = await views.Entries(head.Member.MemberId, null, visit.Admitted, limit, Before(continuation), cancellation);
            return (Explained(found?.Items ?? [], head), found?.Before?.ToString(CultureInfo.InvariantCulture));
        });
        return Reply.Of<Entries>(new EntriesModel(head, page), MembersWords.Entries);
    }

    private static IReadOnlyList<(Entry, EntryExplanation)> Explained(IReadOnlyList<Entry> entries, MemberHead head) =>
        [.. entries.Select(entry => (entry, Explain.Of(head.Rules.Find(entry.ProgrammeVersion), entry)))];

    /// <exception cref="ArgumentException">It is not one that this list gave.</exception>
    private static long? Before(string? continuation) => continuation is null ? null
        : long.TryParse(continuation, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence > 0 ? sequence
        : throw new ArgumentException("No sequence number.", nameof(continuation));
}
