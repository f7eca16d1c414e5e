using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Members;

namespace Club.Local.Sample;

/// <summary>
/// What all desks of the sample club share on a day: chance, the clock, members to deal with, and what was left for that day. One thing is
/// done after the other, so that a club of one seed is the same each time.
/// </summary>
internal sealed class SampleStaff(SampleClub club, SampleClock clock, ClubCalendar calendar, Claims claims, AuditTrail audit,
    SampleTally tally)
{
    public static readonly Caller Headquarters = Of(Role.Hq, "会员部"), Finance = Of(Role.Finance, "财务部"),
        Marketing = Of(Role.Marketing, "市场部"), Care = Of(Role.Hq, "客户关怀部");

    /// <summary>Drawn so often before nobody is found who fits.</summary>
    private const int Draws = 40;
    private const int FirstMinute = 18 * 60, LastMinute = 20 * 60 + 20;

    private readonly Dictionary<DateOnly, List<Func<Task>>> _later = [];
    private int _minute, _keys;

    public SampleClub Club => club;
    public SampleOptions Options => club.Options;
    public DateOnly Today { get; private set; }
    public SampleRandom Random { get; private set; } = new(0, 0);

    /// <summary>A dealer's director, who sees her own branch.</summary>
    public static Caller Director(DealerId dealer) => Of(Role.Director, $"总监 {dealer}") with { Dealer = dealer };

    public static Caller Advisor(DealerId dealer) => Of(Role.Advisor, $"顾问 {dealer}") with { Dealer = dealer };

    public async Task Work(DateOnly day, IEnumerable<ISampleDesk> desks)
    {
        // No member has a number below one.
        (Today, Random, _minute) = (day, new SampleRandom(Options.Seed, -day.DayNumber), FirstMinute);
        Clock(TimeOnly.MinValue.AddMinutes(FirstMinute));
        if (_later.Remove(day, out var left))
            foreach (var one in left) await one();
        foreach (var desk in desks) await desk.Work(this);
    }

    /// <summary>Leaves something to a later day; what would come after the last day never happens.</summary>
    public void Later(int days, Func<Task> act)
    {
        var day = Today.AddDays(days);
        if (!_later.TryGetValue(day, out var acts)) _later.Add(day, acts = []);
        acts.Add(act);
    }

    /// <summary>How often something happens today that happens so often on an average day.</summary>
    public int Times(double perDay) => (int)perDay + (Random.Happens(perDay - (int)perDay) ? 1 : 0);

    /// <summary>Whether today is one of the club's last days.</summary>
    public bool IsOneOfTheLast(int days) => Today > Options.Until.AddDays(-days);

    /// <summary>A member who still comes, and fits.</summary>
    public async Task<(SampleMember Who, MemberId Id)?> Somebody(Func<SampleMember, bool>? fits = null)
    {
        for (var draw = 0; draw < Draws; draw++)
            if (club.Member(1 + Random.Below(Options.Members)) is var who && who.JoinedOn < Today && !(who.LostOn <= Today)
                && fits?.Invoke(who) is not false && await IdOf(who) is { } id)
                return (who, id);
        return null;
    }

    /// <summary>Null: the club does not know her.</summary>
    public async Task<MemberId?> IdOf(SampleMember who) =>
        (await claims.Find(PersonIdentity.Of(PhoneNumber.Parse(who.Phone).Value), default)).Owner;

    /// <summary>An idempotency key that nobody had before.</summary>
    public Store.Command Command() => new($"sample-{++_keys}", "");

    /// <summary>Sets the clock, where it is not the hour after the dealers' day.</summary>
    public void Clock(TimeOnly time) => clock.Set(calendar.At(Today, time));

    /// <summary>Does something as it is done by a call: who did it is kept, and a refusal is told.</summary>
    /// <param name="action">The function of the call.</param>
    public async Task<Outcome<T>> Act<T>(string action, Caller who, MemberId? member, string? subject, Func<Caller, Task<Outcome<T>>> act)
    {
        _minute = Math.Min(_minute + 1, LastMinute);
        clock.Set(calendar.At(Today, TimeOnly.MinValue.AddMinutes(_minute)));
        return await ActNow(action, who, member, subject, act);
    }

    /// <summary>The same at the time that <see cref="Clock"/> was set to.</summary>
    public async Task<Outcome<T>> ActNow<T>(string action, Caller who, MemberId? member, string? subject,
        Func<Caller, Task<Outcome<T>>> act)
    {
        MemberId[] members = member is { } one ? [one] : [];
        var done = await audit.Watch(new AuditedCall(action, members, subject), changes: true, () => who, () => act(who),
            outcome => (members, outcome.Problem is null ? 200 : 409), default);
        if (done.Problem is { } problem) tally.Refuse($"{action} {subject} on {Today:yyyy-MM-dd}", problem);
        else tally.Acted();
        return done;
    }

    private static Caller Of(Role role, string name) => new([role], name);
}
