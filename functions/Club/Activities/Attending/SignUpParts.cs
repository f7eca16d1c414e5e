using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Activities;

/// <summary>What other features ask of sign-ups: to be ended, to move along, to be told, to forget the person.</summary>
internal sealed class SignUpParts(IClubStore store, SignUpLedger ledger, SignUps signUps, Places places, AttendancePoints points,
    ActivityPlans plans, ClubCalendar calendar) : IFinishes, IMovesOnMerge, IExports, IErases
{
    private static readonly IndexQuery Own = new(SignUp.MemberIndex, "", IndexQuery.Last, Limit: 50);

    string IFinishes.DocumentId => SignUp.Document;
    string IExports.Name => "activities";
    string IErases.Name => "activities";

    /// <summary>Gives back what nobody needs, and books what was not booked yet.</summary>
    public async Task Finish(Document half, CancellationToken cancellation)
    {
        var one = half.As<SignUp>();
        if (one.State == SignUpState.Opening && one.At + SignUp.Patience <= calendar.Now) await signUps.Fail(one, cancellation);
        one = await places.Settle(one, cancellation);
        if (await plans.Read(one.Activity, cancellation) is { Value: var activity }) await points.Book(one, activity, cancellation);
    }

    /// <summary>Of two for the same activity one stays. Each is made there before it is taken out here; what a crash leaves is done by the
    /// repeat.</summary>
    public async Task AfterEntries(Account from, MemberId to, CancellationToken cancellation)
    {
        while ((await store.Find(Own with { Partition = from.MemberId }, cancellation)).Documents is { Count: > 0 } page)
            foreach (var document in page)
            {
                var brought = document.As<SignUp>();
                var kept = await ledger.Join(brought, to, cancellation);
                if (kept.Cause != brought.Cause && brought.State == SignUpState.Attended)
                    await points.TakeBack(brought, kept.MemberId, cancellation);
                await places.Settle(kept, cancellation);
                await store.Commit(from.MemberId, [new Write.Delete(document.Id, document.ETag)], cancellation);
            }
    }

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var document in store.FindAll(Own with { Partition = profile.MemberId }, cancellation))
            if (document.As<SignUp>() is { IsHidden: false } one)
                yield return JsonSerializer.SerializeToNode(SignUpView.Of(one), ClubJson.Answers)!;
    }

    /// <summary>That somebody was there stays, as the ledger does, without her words; places of what is to come are there for
    /// others.</summary>
    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var erased = 0;
        foreach (var member in person.Members)
            foreach (var one in await All(member, cancellation))
            {
                if (one is { IsPersonal: true } or { State: SignUpState.SignedUp }) erased++;
                if (one.IsPersonal || one.State is SignUpState.SignedUp or SignUpState.Opening || one.Loose.Count > 0)
                    await places.Settle(await ledger.Change(one, SignUpRules.Erased, cancellation) ?? one, cancellation);
            }
        return erased;
    }

    /// <summary>All of them before the first is changed.</summary>
    private async Task<IReadOnlyList<SignUp>> All(MemberId member, CancellationToken cancellation)
    {
        var all = new List<SignUp>();
        await foreach (var document in store.FindAll(Own with { Partition = member }, cancellation)) all.Add(document.As<SignUp>());
        return all;
    }
}
