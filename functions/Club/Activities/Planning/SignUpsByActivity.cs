using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Activities;

/// <summary>Counts sign-ups by activity (<see cref="ActivityTally"/>): each as it is now, wherever a merge took it.</summary>
public sealed class SignUpsByActivity : IProjection
{
    public string Name => "sign-ups-by-activity";

    public int PageSize => 500;

    public bool Reads(string type) => type is SignUp.Document or "event";

    public async Task Project(IReadOnlyList<Document> happened, ProjectionRows rows, CancellationToken cancellation)
    {
        foreach (var document in happened)
            if (document.Type == SignUp.Document) await Count(document, rows, cancellation);
            else if (document.As<MemberEvent>() is { Kind: MemberEventKind.Merged, From: { } from })
                await Leave(new MemberId(from), rows, cancellation);
    }

    private static async Task Count(Document document, ProjectionRows rows, CancellationToken cancellation)
    {
        var one = document.As<SignUp>();
        var member = new MemberId(document.Partition);
        var places = await rows.Get<SignUpPlaces>(SignUpPlaces.IdOf(member), cancellation) ?? new SignUpPlaces { MemberId = member };
        if (places.Merged is true) return;
        var (before, after) = (places.Counted.GetValueOrDefault(one.Activity), SignUpShare.Of(one));
        if (after is null ? before is null : after.IsLike(before)) return;
        var counted = places.Counted.Where(place => place.Key != one.Activity).ToDictionary();
        if (after is not null) counted[one.Activity] = after;
        rows.Put(places with { Counted = counted });
        await Change(one.Activity, before, after, rows, cancellation);
    }

    /// <summary>That her sign-ups are taken out is not told; that they came to the other is.</summary>
    private static async Task Leave(MemberId member, ProjectionRows rows, CancellationToken cancellation)
    {
        var places = await rows.Get<SignUpPlaces>(SignUpPlaces.IdOf(member), cancellation) ?? new SignUpPlaces { MemberId = member };
        if (places.Merged is true) return;
        rows.Put(new SignUpPlaces { MemberId = member, Merged = true });
        foreach (var (activity, share) in places.Counted) await Change(activity, share, null, rows, cancellation);
    }

    private static async Task Change(string activity, SignUpShare? before, SignUpShare? after, ProjectionRows rows,
        CancellationToken cancellation)
    {
        var tally = await rows.Get<ActivityTally>(ActivityTally.IdOf(activity), cancellation) ?? new ActivityTally { Activity = activity };
        if (before is not null) tally = tally.Plus(before, -1);
        if (after is not null) tally = tally.Plus(after, 1);
        rows.Put(tally);
    }
}
