using Club.Access;
using Club.Kernel;
using Club.Members;
using Club.Store;

namespace Club.Activities;

/// <summary>Tells what came of activities: of one in sum, and who took part.</summary>
public sealed class ActivityReports(IClubStore store, ActivityPlans plans, ActivityPhotos photos, Places places, Allotments allotments,
    Membership membership, Projections projections, SignUpsByActivity counted)
{
    /// <summary>So much of what happened since somebody last looked is counted at once; whatever is more, with the hour.</summary>
    private const int MostCommits = 40;

    /// <summary>Null when there is none that is the caller's to see.</summary>
    public async Task<(ActivityWithReport Told, string Tag)?> Of(string code, Caller caller, CancellationToken cancellation)
    {
        if (await plans.Find(code, caller, cancellation) is not { } stored) return null;
        await projections.Advance(counted, MostCommits, cancellation);
        var tally = (await store.Read<ActivityTally>(Projections.PartitionOf(counted), ActivityTally.IdOf(code), cancellation))?.Value
            ?? new ActivityTally { Activity = code };
        var activity = stored.Value;
        long? left = activity.Places is { } most ? Math.Max(0, most - await places.Taken(code, cancellation)) : null;
        var unsaid = (int)Math.Min(activity.Invited, await allotments.Used(ClubActivity.UnsaidOf(code), cancellation));
        var invited = activity with { Invited = activity.Invited - unsaid, NotInvited = activity.NotInvited + unsaid };
        return (new ActivityWithReport(ActivityView.Of(activity, caller), Sum(invited, tally, left), await photos.List(code, cancellation)),
            ActivityPlans.TagOf(stored));
    }

    /// <summary>Who takes part. Of one of headquarters a dealer's staff see their own members.</summary>
    /// <returns>Null when there is no such activity.</returns>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<SignUpView> Items, string? Continuation)?> SignUps(string code, SignUpState? state, Caller caller,
        int limit, string? continuation, CancellationToken cancellation)
    {
        if (await plans.Find(code, caller, cancellation) is not { Value: var activity }) return null;
        var query = IndexQuery.Equal(SignUp.ActivityIndex, code) with { Limit = limit, Continuation = continuation };
        if (state is { } one) query = query.And(new IndexKey(SignUp.StateIndex, $"{one}"));
        if (caller.IsScoped && activity.DealerId is null) query = query.And(new IndexKey(SignUp.BranchIndex, caller.Dealer ?? ""));
        var page = await store.Find(query, cancellation);
        return ([.. page.Documents.Select(document => document.As<SignUp>()).OrderBy(one => one.At)
            .Select(one => caller.IsMasked ? SignUpView.Of(one).Wordless() : SignUpView.Of(one))], page.Continuation);
    }

    /// <summary>What a member took part in, the latest first; null when she is not the caller's to see.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<SignUpView> Items, string? Continuation)?> History(MemberId memberId, Caller caller, int limit,
        string? continuation, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile, IsMasked: var isMasked }) return null;
        var query = new IndexQuery(SignUp.MemberIndex, "", IndexQuery.Last, Partition: profile.MemberId, Limit: limit, Continuation: continuation);
        var page = await store.Find(query, cancellation);
        var found = page.Documents.Select(document => document.As<SignUp>()).Where(one => !one.IsHidden).OrderByDescending(one => one.At);
        return ([.. found.Select(one => isMasked ? SignUpView.Of(one).Wordless() : SignUpView.Of(one))], page.Continuation);
    }

    private static ActivityReport Sum(ClubActivity activity, ActivityTally tally, long? left)
    {
        var heads = tally.Attended + tally.Guests;
        return new ActivityReport(activity.Invited, activity.NotInvited, tally.SignedUp, tally.Cancelled, tally.Attended, tally.Guests,
            left, tally.Ratings, tally.Ratings == 0 ? null
                : Math.Round((decimal)tally.RatingSum / tally.Ratings, 2, MidpointRounding.AwayFromZero), tally.Points,
            activity.Budget.Spent is { } spent && heads > 0 ? new Money((long)Math.Round((decimal)spent.Fen / heads,
                MidpointRounding.AwayFromZero)) : null);
    }
}
