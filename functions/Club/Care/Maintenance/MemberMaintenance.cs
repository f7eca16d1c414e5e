using System.Globalization;
using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;

namespace Club.Care;

/// <summary>When a member's maintenance is due, and what makes it that day. All of it is null, but the lists, for whoever was not here
/// yet.</summary>
/// <param name="ByDate">The day that her visits tell.</param>
/// <param name="ByOdometer">What her readings tell; null: the rule book names no kilometres, or they do not tell.</param>
public sealed record MaintenanceView(MemberId MemberId, DateOnly? ExpectedBy, DateOnly? LastVisit, int? IntervalDays, DateOnly? ByDate,
    MileageForecast? ByOdometer, IReadOnlyList<string> Chinese, IReadOnlyList<string> English) : IOfMember;

/// <summary>Tells staff when a member's maintenance is due. It is judged when it is asked and waits for no sweep.</summary>
public sealed class MemberMaintenance(Membership membership, MemberLedger ledger, ProgrammeLibrary library)
{
    /// <returns>Null when there is no such member, or when a dealer's staff ask of a guest: that is her own dealer's.</returns>
    public async Task<MaintenanceView?> Of(MemberId memberId, Caller caller, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile, IsMasked: var isMasked }
            || isMasked && caller.IsScoped)
            return null;
        var rules = await library.Now(cancellation);
        var account = await ledger.Load(profile.MemberId, rules, cancellation);
        return MaintenanceRules.Due(rules.Current, account) is { Standing: var standing } due
            ? new MaintenanceView(profile.MemberId, due.ExpectedBy, standing.LastVisit, standing.IntervalDays, standing.ExpectedBy,
                due.ByOdometer, Tell(due, Language.Chinese), Tell(due, Language.English))
            : new MaintenanceView(profile.MemberId, null, null, null, null, null, [], []);
    }

    private static List<string> Tell(MaintenanceDate due, Language language)
    {
        var standing = due.Standing;
        List<string> told =
        [
            language.Say($"The last visit was on {standing.LastVisit:yyyy-MM-dd}; after {standing.IntervalDays} days, on {standing.ExpectedBy:yyyy-MM-dd}, she is expected again.",
                $"最近到店日{standing.LastVisit:yyyy-MM-dd}，预期间隔{standing.IntervalDays}天，按日期应于{standing.ExpectedBy:yyyy-MM-dd}回店。"),
        ];
        if (due.ByOdometer is not { } driven) return told;
        var rate = driven.PerDay.ToString("0.#", CultureInfo.InvariantCulture);
        told.Add(language.Say(
            $"The odometer showed {driven.FromKilometres} km on {driven.From:yyyy-MM-dd} and {driven.ToKilometres} km on {driven.To:yyyy-MM-dd}: {rate} km a day. At the last visit it showed {driven.AtVisit} km; {driven.Kilometres} km more are expected on {driven.On:yyyy-MM-dd}.",
            $"里程表{driven.From:yyyy-MM-dd}为{driven.FromKilometres}公里，{driven.To:yyyy-MM-dd}为{driven.ToKilometres}公里，日均{rate}公里；最近到店时{driven.AtVisit}公里，再行驶{driven.Kilometres}公里预计在{driven.On:yyyy-MM-dd}。"));
        told.Add(language.Say($"Whichever comes first: {due.ExpectedBy:yyyy-MM-dd}.", $"以先到者为准：{due.ExpectedBy:yyyy-MM-dd}。"));
        return told;
    }
}
