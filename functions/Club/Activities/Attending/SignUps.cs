using Club.Access;
using Club.Kernel;
using Club.Members;
using Club.Store;

namespace Club.Activities;

/// <summary>
/// Members sign up for an activity. A sign-up is written down on its way, then it is promised its places, then it holds: whatever a crash
/// leaves in between is found by the repeat, or given back by the sweep.
/// </summary>
public sealed class SignUps(IClubStore store, ActivityPlans plans, SignUpLedger ledger, Places places, Membership membership,
    ClubCalendar calendar)
{
    private const int Rounds = 20;

    /// <summary>Whoever has signed up so is answered what holds.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>wrong-state</c> also with other guests than before, <c>over-limit</c>, <c>no-places</c>,
    /// <c>being-merged</c>.</returns>
    public async Task<Outcome<SignUpView>> SignUp(MemberId memberId, string code, int guests, Caller caller,
        CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return Problem.NotFound($"Member \"{memberId}\"");
        if (await ActivityFor(profile, code, caller, cancellation) is not { } activity) return ActivityPlans.Unknown(code);
        if (SignUpRules.Closed(activity, calendar.Now) is { } closed) return closed;
        var seated = await Seat(profile, activity, guests, AuthorOf(caller), one => one with { State = SignUpState.SignedUp },
            cancellation);
        if (seated.Problem is { } problem) return problem;
        return seated.Value.Guests == guests ? SignUpView.Of(seated.Value)
            : new Problem("wrong-state", $"$.guests: she signed up with {seated.Value.Guests}; to change that, take the sign-up back first.",
                "$.guests") { Kind = ProblemKind.Conflict };
    }

    /// <summary>Her places are there for others. Once more changes nothing.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>wrong-state</c> once she was there, <c>being-merged</c>.</returns>
    public async Task<Outcome<SignUpView>> Cancel(MemberId memberId, string code, Caller caller, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return Problem.NotFound($"Member \"{memberId}\"");
        if (await ActivityFor(profile, code, caller, cancellation) is null) return ActivityPlans.Unknown(code);
        var put = await ledger.Put(profile.MemberId, code, (_, before) => before is not { State: SignUpState.SignedUp } ? null
            : before with { State = SignUpState.Cancelled, Loose = [.. before.Loose, before.Cause] }, cancellation);
        if (put.Problem is { } problem) return problem;
        if (put.Value is not { IsHidden: false } one) return NotSignedUp(code);
        if (one.State == SignUpState.Attended)
            return new Problem("wrong-state", $"She was there: her sign-up for {code} stays.") { Kind = ProblemKind.Conflict };
        return SignUpView.Of(await places.Settle(one, CancellationToken.None));
    }

    /// <summary>What she thought of it; said again, the last counts, but what she said herself only she says otherwise.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>not-eligible</c> for whoever was not there, <c>wrong-state</c> for what she said herself,
    /// <c>being-merged</c>.</returns>
    public async Task<Outcome<SignUpView>> Tell(MemberId memberId, string code, FeedbackRequest told, Caller caller,
        CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return Problem.NotFound($"Member \"{memberId}\"");
        if (await ActivityFor(profile, code, caller, cancellation) is null) return ActivityPlans.Unknown(code);
        var isOwn = caller.Member is not null;
        var put = await ledger.Put(profile.MemberId, code, (_, before) =>
            before is not { State: SignUpState.Attended } || before.Feedback is { IsOwn: true } && !isOwn ? null
            : before with { Feedback = new Feedback(told.Rating, told.Text, calendar.Now, isOwn) }, cancellation);
        if (put.Problem is { } problem) return problem;
        if (put.Value is { Feedback.IsOwn: true } && !isOwn)
            return new Problem("wrong-state", "She has said herself what she thought of it.") { Kind = ProblemKind.Conflict };
        return put.Value is { State: SignUpState.Attended } one ? SignUpView.Of(one)
            : new Problem("not-eligible", "Whoever was there tells what she thought of it.") { Kind = ProblemKind.Conflict };
    }

    /// <summary>Gives her places, under what she has on its way or begins now.</summary>
    /// <param name="become">What she is with them.</param>
    /// <returns>Or what she had already. Problems: <c>over-limit</c>, <c>no-places</c>, <c>being-merged</c>.</returns>
    internal async Task<Outcome<SignUp>> Seat(Profile profile, ClubActivity activity, int guests, string author,
        Func<SignUp, SignUp> become, CancellationToken cancellation)
    {
        if (SignUpRules.TooMany(activity, guests) is { } tooMany) return tooMany;
        var opening = new SignUp
        {
            MemberId = profile.MemberId, Activity = activity.Code, Name = activity.Name, State = SignUpState.Opening, Guests = guests,
            Branch = profile.DealerId, At = calendar.Now, Author = author, Cause = Ids.Random("signUp:"),
        };
        for (var round = 0; round < Rounds; round++)
        {
            var opened = await ledger.Put(profile.MemberId, activity.Code, (member, before) => Open(opening, member, before), cancellation);
            if (opened.Problem is { } merged) return merged;
            if (opened.Value is not { State: SignUpState.Opening } own) return opened.Value!;
            if (await places.Promise(activity, own.Cause, own.Places, cancellation) is { } left)
            {
                await Fail(own, CancellationToken.None);
                return SignUpRules.NoPlaces(activity, left);
            }
            var seated = await ledger.Put(profile.MemberId, activity.Code, (_, before) =>
                before is { State: SignUpState.Opening } && before.Cause == own.Cause ? become(before) : null, cancellation);
            if (seated.Problem is { } problem) return problem;
            if (seated.Value is { State: SignUpState.SignedUp or SignUpState.Attended } one && one.Cause == own.Cause)
                return await places.Settle(one, CancellationToken.None);
            // Somebody has ended it meanwhile: it begins anew.
            await places.GiveBack(activity.Code, own.Cause, cancellation);
            opening = opening with { Cause = Ids.Random("signUp:"), At = calendar.Now };
        }
        throw new StoreException($"A sign-up of member {profile.MemberId} began anew {Rounds} times.");
    }

    /// <summary>Ends one that came to nothing: nobody goes on with it, and what it was promised is given back.</summary>
    internal async Task Fail(SignUp opening, CancellationToken cancellation)
    {
        var failed = await ledger.Change(opening, now => now.State != SignUpState.Opening || now.Cause != opening.Cause ? now : now with
        {
            State = now.IsAgain ? SignUpState.Cancelled : SignUpState.Failed, Loose = [.. now.Loose, now.Cause],
        }, cancellation);
        if (failed is not null) await places.Settle(failed, cancellation);
    }

    /// <summary>What is on its way with as many guests is gone on with; what ended before leaves its cause to be given back.</summary>
    private static SignUp? Open(SignUp opening, MemberId member, SignUp? before) => before switch
    {
        null => opening with { MemberId = member },
        { State: SignUpState.SignedUp or SignUpState.Attended } => null,
        { State: SignUpState.Opening } when before.Guests == opening.Guests => null,
        _ => opening with
        {
            MemberId = member, Joined = before.Joined, IsAgain = before.IsAgain || before.State == SignUpState.Cancelled,
            Loose = before.State == SignUpState.Opening ? [.. before.Loose, before.Cause] : before.Loose,
        },
    };

    /// <summary>The activity, as far as somebody may take part in it for a member: herself in those of headquarters and of her own
    /// dealer.</summary>
    private async ValueTask<ClubActivity?> ActivityFor(Profile profile, string code, Caller caller, CancellationToken cancellation)
    {
        if (caller.Member is null) return (await plans.Find(code, caller, cancellation))?.Value;
        if (await plans.Read(code, cancellation) is not { Value: var activity }) return null;
        var isHers = activity.DealerId is null || activity.DealerId == profile.DealerId || await Has(profile, code, cancellation);
        return isHers ? activity : null;
    }

    private async ValueTask<bool> Has(Profile profile, string code, CancellationToken cancellation) =>
        await store.Read<SignUp>(profile.MemberId, Activities.SignUp.IdOf(code), cancellation) is { Value.IsHidden: false };

    internal static string AuthorOf(Caller caller) => caller.Member?.Value ?? caller.Name ?? AuditTrail.Unnamed;

    private static Problem NotSignedUp(string code) => Problem.NotFound($"A sign-up for \"{Bounded.Text(code, 64)}\"");
}
