using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Joining;

/// <summary>Finds merges that lead in a circle, and those that nothing has ended though their day is over.</summary>
internal sealed class MergeVerifier(IClubStore store, ClubCalendar calendar) : IVerifiesLedger
{
    public async Task Verify(Account account, IReadOnlyList<Entry> entries, Action<string> differs, CancellationToken cancellation)
    {
        if (account.MergedInto is { } survivor)
        {
            if (await Circle(account, cancellation) is { } circle) differs(circle);
            if (account.MergeDue < calendar.Today) differs($"the merge into {survivor} has not ended since {account.MergeDue:yyyy-MM-dd}.");
        }
        foreach (var one in account.Absorbs ?? [])
            if (one.Since < calendar.Today)
                differs($"the merge of {one.MemberId} into this member has not ended since {one.Since:yyyy-MM-dd}.");
    }

    private async Task<string?> Circle(Account account, CancellationToken cancellation)
    {
        var way = new List<MemberId> { account.MemberId };
        for (var one = account.MergedInto; one is { } next; one = (
            await store.Read<Account>(next, Account.Id, cancellation))?.Value.MergedInto)
        {
            if (way.Contains(next)) return $"it was merged in a circle: {string.Join(" → ", way)} → {next}.";
            way.Add(next);
            if (way.Count > MemberLedger.MostSignposts) return $"it was merged further than {MemberLedger.MostSignposts} members.";
        }
        return null;
    }
}
