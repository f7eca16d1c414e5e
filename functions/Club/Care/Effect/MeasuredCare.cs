using System.Globalization;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Care;

/// <summary>
/// Counts on how many occasions something was to be said, on how many chance said nothing, and after how many she came (<see cref="CareRow"/>),
/// from entries and events alone. Both are counted when it is decided, not when it has arrived: who cannot be reached comes less anyway.
/// </summary>
public sealed class MeasuredCare(ClubCalendar calendar) : IProjection
{
    public string Name => "measured-care";

    public async Task Project(IReadOnlyList<Document> happened, ProjectionRows rows, CancellationToken cancellation)
    {
        foreach (var document in happened)
        {
            if (document.Type == "entry") await Count(document.As<Entry>(), rows, cancellation);
            else await Count(document.As<MemberEvent>(), rows, cancellation);
        }
    }

    private async Task Count(Entry entry, ProjectionRows rows, CancellationToken cancellation)
    {
        // What the club books by itself is no visit.
        if (entry is not { Cause: Cause.Accrual { Inputs: not null }, DealerId: not null } || OwnSource.Is(entry.Source)) return;
        await Change(entry.MemberId, calendar.DateOf(entry.RecordedAt), place => TrialRules.Plus(place, entry.On), rows, cancellation);
    }

    private async Task Count(MemberEvent happened, ProjectionRows rows, CancellationToken cancellation)
    {
        var (day, isHeld) = (calendar.DateOf(happened.At), happened is { Kind: MemberEventKind.SmsSuppressed, Reason: HoldoutRules.Why });
        if (happened.Kind == MemberEventKind.Merged) await Merge(happened, day, rows, cancellation);
        else if ((isHeld || IsSaid(happened)) && OccasionKeys.IsMarketing(happened.Subject!))
            await Change(happened.MemberId, day, place =>
                TrialRules.Plus(place, new CareTrial(OccasionKeys.WhatOf(happened.Subject!), day, isHeld, false)), rows, cancellation);
    }

    private static bool IsSaid(MemberEvent happened) => happened.Kind == MemberEventKind.SmsPlanned
        || happened is { Kind: MemberEventKind.SmsSuppressed, Reason: CallRules.Why or LetterRules.Why };

    /// <summary>Told by the member who stays.</summary>
    private static async Task Merge(MemberEvent merged, DateOnly day, ProjectionRows rows, CancellationToken cancellation)
    {
        var gone = await Find(new MemberId(merged.From!), rows, cancellation);
        if (gone.MergedInto is not null) return;
        await Change(gone, gone with { Trials = [], Visits = [], MergedInto = merged.MemberId }, rows, cancellation);
        await Change(merged.MemberId, day, place => TrialRules.Join(place, gone), rows, cancellation);
    }

    private static async Task Change(MemberId memberId, DateOnly day, Func<CarePlace, CarePlace> change, ProjectionRows rows,
        CancellationToken cancellation)
    {
        var before = await Find(memberId, rows, cancellation);
        for (var signposts = 0; before.MergedInto is { } survivor && signposts < MostSignposts; signposts++)
            before = await Find(survivor, rows, cancellation);
        var after = change(before);
        if (ReferenceEquals(after, before)) return;
        await Change(before, after, rows, cancellation);
        if (TrialRules.Bounded(after, day) is var bounded && !ReferenceEquals(bounded, after)) rows.Put(bounded);
    }

    private const int MostSignposts = 20;

    private static async Task Change(CarePlace before, CarePlace after, ProjectionRows rows, CancellationToken cancellation)
    {
        rows.Put(after);
        foreach (var trial in before.Trials.Except(after.Trials)) await Count(trial, -1, rows, cancellation);
        foreach (var trial in after.Trials.Except(before.Trials)) await Count(trial, 1, rows, cancellation);
    }

    private static async Task Count(CareTrial trial, int times, ProjectionRows rows, CancellationToken cancellation)
    {
        var (month, kind) = (trial.On.ToString("yyyy-MM", CultureInfo.InvariantCulture), OccasionKeys.KindOf(trial.What));
        var row = await rows.Get<CareRow>(CareRow.IdOf(month, kind), cancellation) ?? new CareRow { Month = month, Kind = kind };
        rows.Put(row.Plus(trial, times));
    }

    private static async ValueTask<CarePlace> Find(MemberId memberId, ProjectionRows rows, CancellationToken cancellation) =>
        await rows.Get<CarePlace>(CarePlace.IdOf(memberId), cancellation) ?? new CarePlace { MemberId = memberId };
}
