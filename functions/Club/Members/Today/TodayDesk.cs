using Club.Access;
using Club.Identity;
using Club.Kernel;

namespace Club.Members;

/// <summary>What is to be done today and what was done, put together from whatever the features tell.</summary>
public sealed class TodayDesk(IEnumerable<ITellsToday> features, Membership membership, AuditTrail audit,
    ClubCalendar calendar)
{
    /// <summary>Of each section: as many as one screen shows.</summary>
    public const int MostItems = 20;

    private readonly ITellsToday[] _features = [.. features.OrderBy(one => one.Order).ThenBy(one => one.Name, StringComparer.Ordinal)];

    /// <param name="dealer">Null: the caller's own, or all.</param>
    public async Task<TodayView> Tell(DealerId? dealer, Caller caller, CancellationToken cancellation)
    {
        var branch = caller.IsScoped ? new DealerId(caller.Dealer ?? "") : dealer;
        // What another dealer has to do is as if there were nothing.
        if (caller.IsScoped && dealer is { } asked && asked != branch)
            return new TodayView(calendar.Today, asked, [], [], DoneHasMore: false);
        var told = await Task.WhenAll(Allowed(caller).Select(async one =>
        {
            var items = await one.Feature.Tell(one.Caller, branch, MostItems + 1, cancellation);
            var named = await Task.WhenAll(items.Take(MostItems).Select(item =>
                Named(item, one.Caller, caller, cancellation)));
            return new TodaySection(one.Feature.Name, named, items.Count > MostItems);
        }));
        var done = await audit.Done(branch?.Value ?? AuditTrail.AuthorOf(caller), calendar.At(calendar.Today, TimeOnly.MinValue),
            cancellation);
        return new TodayView(calendar.Today, branch, told, [.. done.Items.Select(one => new DoneToday(one.Action, one.Count))],
            done.HasMore);
    }

    /// <summary>A role that may not do something widens nothing of what another one sees of it.</summary>
    private IEnumerable<(ITellsToday Feature, Caller Caller)> Allowed(Caller caller) =>
        _features.Select(one => (Feature: one, Caller: caller.For(one.Right))).Where(one => one.Caller is not null)
            .Select(one => (one.Feature, one.Caller!));

    /// <summary>With the name of a member whom the caller sees: in full for whoever may read her, whatever else one has to do with
    /// her.</summary>
    /// <param name="caller">As far as the feature goes.</param>
    /// <param name="whole">With all of her rights.</param>
    private async Task<TodayItem> Named(TodayItem item, Caller caller, Caller whole, CancellationToken cancellation)
    {
        if (item is { MemberId: { } member, Name: null } && await membership.See(member, caller, cancellation) is { } seen)
            item = item with { Name = seen.IsMasked ? Masks.Name(seen.Profile.Name) : seen.Profile.Name };
        return item.Name is null || await MayRead(item.MemberId, whole, cancellation) ? item : item with { Name = Masks.Name(item.Name) };
    }

    private async ValueTask<bool> MayRead(MemberId? member, Caller caller, CancellationToken cancellation)
    {
        if (caller.For(Right.ReadMember) is not { } reader) return false;
        // Where every role of hers may, the feature has asked by one of them.
        return member is not { } one || reader.Roles.Count == caller.Roles.Count
            || await membership.See(one, reader, cancellation) is { IsMasked: false };
    }
}
