using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Tiers;

/// <summary>Measures all members' points, to see where thresholds should be. Reads members page by page and keeps none.</summary>
public sealed class TierMeasurement(IClubStore store, ClubCalendar calendar)
{
    private const int PageSize = 500;

    /// <summary>What everyone who is a member earned in a wallet, less what was reversed, in the rolling window that ends today.</summary>
    /// <param name="months">The window; null: everything ever.</param>
    /// <param name="progress">Told after every page how many members were read.</param>
    public async Task<PointsDistribution> Measure(WalletCode wallet, int? months, Points step, IProgress<long>? progress = null,
        CancellationToken cancellation = default)
    {
        var distribution = new PointsDistribution(step);
        DateOnly? after = months is { } window ? TierRules.WindowStart(calendar.Today, window) : null;
        var query = IndexQuery.Equal("status", Profile.StatusWord(MemberStatus.Member)) with { Limit = PageSize };
        do
        {
            var page = await store.Find(query, cancellation);
            foreach (var profile in page.Documents)
                distribution.Add(await PointsOf(new MemberId(profile.Partition), wallet, after, cancellation));
            progress?.Report(distribution.Members);
            query = query with { Continuation = page.Continuation };
        } while (query.Continuation is not null);
        return distribution;
    }

    private async Task<Points> PointsOf(MemberId memberId, WalletCode wallet, DateOnly? after, CancellationToken cancellation)
    {
        if (await store.Read<Account>(memberId, Account.Id, cancellation) is not { Value: var account }) return Points.Zero;
        // The account keeps dates as far back as its tiers look; the ledger has them all.
        var activities = account.FoldedUntil > after ? ActivityRules.Of(await store.Entries(account, cancellation)) : account.Activity;
        return activities.Where(row => row.Wallet == wallet && row.On <= calendar.Today && !(row.On <= after)).Sum(row => row.Points);
    }
}
