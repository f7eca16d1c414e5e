using Club.Desk.Frame;
using Club.Programmes;

namespace Club.Desk.Rooms.Rules;

/// <param name="Changes">Null: nothing is chosen yet.</param>
public sealed record ChangesModel(IReadOnlyList<string> Names, string? From, string? To, IReadOnlyList<ProgrammeChange>? Changes);

/// <summary>What distinguishes two rule books, in words.</summary>
public sealed class ChangesPage(RuleBooks books) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        var names = await books.Names(cancellation);
        // As it stands: a blank at its beginning is the draft's.
        var (from, to) = (visit.Query["from"].ToString(), visit.Query["to"].ToString());
        if (from.Length == 0 && to.Length == 0)
            return Reply.Of<ChangeComparison>(new ChangesModel(names, names.ElementAtOrDefault(1), names.ElementAtOrDefault(0), null),
                RulesWords.Changes);
        if (await books.Text(from, cancellation) is not { } before || await books.Text(to, cancellation) is not { } after)
            return Reply.Nothing;
        return Reply.Of<ChangeComparison>(new ChangesModel(names, from, to, ProgrammeDiff.Compare(before, after)), RulesWords.Changes);
    }
}
