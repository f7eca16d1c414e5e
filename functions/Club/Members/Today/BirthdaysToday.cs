using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Store;

namespace Club.Members;

/// <summary>Whose birthday it is.</summary>
internal sealed class BirthdaysToday(IClubStore store, ClubCalendar calendar) : ITellsToday
{
    public string Name => "birthdays";
    public int Order => 60;
    public Right Right => Right.FindMembers;

    public async Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation)
    {
        var items = new List<TodayItem>();
        foreach (var day in Days(calendar.Today))
        {
            var query = IndexQuery.Equal(Profile.BirthdayIndex, day) with { Limit = most };
            var page = await store.Find(dealer is { } branch ? query.And(new IndexKey("dealer", branch)) : query, cancellation);
            items.AddRange(page.Documents.Select(document => ItemOf(document.As<Profile>(), caller)).OfType<TodayItem>());
        }
        return items;
    }

    private static TodayItem? ItemOf(Profile profile, Caller caller) =>
        caller.SeesMasked(profile.MemberId, profile.DealerId) is not { } isMasked ? null
        : new TodayItem(profile.MemberId, isMasked ? Masks.Name(profile.Name) : profile.Name,
            profile.Phone is { } phone ? PhoneNumber.Parse(phone).Value.Masked : null, null, null, false, NextStep.Congratulate, null);

    /// <summary>29 February is kept on 28 February in a common year.</summary>
    private static IEnumerable<string> Days(DateOnly today)
    {
        yield return Profile.BirthdayKey(today);
        if (today is { Month: 2, Day: 28 } && !DateTime.IsLeapYear(today.Year)) yield return "02-29";
    }
}
