using Club.Access;
using Club.Kernel;
using Club.Members;
using Club.Store;

namespace Club.Activities;

/// <summary>Lets members in 签到: by staff at the door, or by the QR code there. Each comes once, and is rewarded once.</summary>
public sealed class CheckIns(IClubStore store, ActivityPlans plans, SignUpLedger ledger, SignUps signUps, Places places,
    AttendancePoints points, Membership membership, ClubCalendar calendar)
{
    /// <summary>Who lets in where nobody stands.</summary>
    public const string QrCode = "qr";
    private const string OfStaff = "staff", OfWeChat = "wechat";
    private const int Rounds = 20;

    /// <summary>By staff. Whoever shows a phone or a card is let in wherever she is from.</summary>
    /// <returns>Problems: <c>not-found</c>, and those of <see cref="Enter"/>.</returns>
    public async Task<Outcome<CheckedIn>> ByStaff(string code, CheckInRequest request, Caller caller, CancellationToken cancellation)
    {
        if (await plans.Find(code, caller, cancellation) is not { Value: var activity }) return ActivityPlans.Unknown(code);
        var seen = request.Member.MemberId is { } memberId ? await membership.See(memberId, caller, cancellation)
            : await membership.Find(request.Member.Identity!.Value, cancellation) is { MemberId: var known }
                ? await membership.See(known, caller with { Before = request.Member.Identity }, cancellation) : null;
        if (seen is null) return Problem.NotFound("This member");
        var entered = await Enter(seen.Profile, activity, request.Guests, calendar.Now, SignUps.AuthorOf(caller), OfStaff, cancellation);
        return entered.Problem is not null || !seen.IsMasked ? entered
            : entered.Value with { SignUp = entered.Value.SignUp.Wordless() };
    }

    /// <summary>By the QR code at the door, with WeChat.</summary>
    /// <returns>Null when there is no such code. The activity, and what became of her.</returns>
    public async Task<(ClubActivity Activity, Outcome<CheckedIn> Became)?> ByCode(string checkInCode, MemberId memberId, DateTimeOffset at,
        CancellationToken cancellation)
    {
        if (await plans.ByCheckInCode(checkInCode, cancellation) is not { } activity
            || await membership.Find(memberId, cancellation) is not { } profile)
            return null;
        return (activity, await Enter(profile, activity, null, at, QrCode, OfWeChat, cancellation));
    }

    /// <summary>Whoever did not sign up is let in while there are places.</summary>
    /// <returns>Problems: <c>wrong-state</c>, <c>wrong-day</c>, <c>over-limit</c>, <c>no-places</c>, <c>being-merged</c>.</returns>
    private async Task<Outcome<CheckedIn>> Enter(Profile profile, ClubActivity activity, int? guests, DateTimeOffset at, string by,
        string channel, CancellationToken cancellation)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var before = (await store.Read<SignUp>(profile.MemberId, SignUp.IdOf(activity.Code), cancellation))?.Value;
            if (before is { State: SignUpState.Attended })
                return new CheckedIn(SignUpView.Of(await points.Book(before, activity, cancellation)), IsRepeat: true);
            if (SignUpRules.NotOn(activity, at, calendar) is { } notOn) return notOn;
            var wanted = guests ?? (before is { State: SignUpState.SignedUp } ? before.Guests : 0);
            SignUp Arrived(SignUp one) => one with
            {
                State = SignUpState.Attended, Guests = wanted, CheckedInAt = at, CheckedInBy = by, Channel = channel,
            };
            var came = before is { State: SignUpState.SignedUp } ? await Come(before, activity, wanted, Arrived, cancellation)
                : await signUps.Seat(profile, activity, wanted, by, Arrived, cancellation);
            if (came.Problem is { } problem) return problem;
            if (came.Value is { State: SignUpState.Attended } one)
                return new CheckedIn(SignUpView.Of(await points.Book(one, activity, cancellation)),
                    IsRepeat: one.CheckedInAt != at || one.CheckedInBy != by);
        }
        throw new StoreException($"A check-in of member {profile.MemberId} met other writers {Rounds} times.");
    }

    /// <summary>Of whoever signed up. More guests than she said need places of their own.</summary>
    private async Task<Outcome<SignUp>> Come(SignUp before, ClubActivity activity, int guests, Func<SignUp, SignUp> come,
        CancellationToken cancellation)
    {
        if (guests > before.Guests)
        {
            if (SignUpRules.TooMany(activity, guests) is { } tooMany) return tooMany;
            if (await places.Promise(activity, before.Cause, 1 + guests, cancellation) is { } left)
                return SignUpRules.NoPlaces(activity, left);
        }
        var came = await ledger.Put(before.MemberId, activity.Code, (_, now) =>
            now is { State: SignUpState.SignedUp } && now.Cause == before.Cause ? come(now) : null, cancellation);
        return came.Problem is { } problem ? problem : came.Value ?? before;
    }
}
