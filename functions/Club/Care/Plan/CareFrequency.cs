using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Store;

namespace Club.Care;

/// <summary>How much marketing a member may still hear, over all occasions.</summary>
public sealed class CareFrequency(IClubStore store, ClubCalendar calendar)
{
    /// <summary>How many messages more; as many as come when the rule book sets no limit. What was held out counts as if it had been said,
    /// so that both hear the same of all else.</summary>
    public async ValueTask<int> Left(Programme programme, Profile profile, CancellationToken cancellation)
    {
        if (programme.CareLimit is not { } limit) return int.MaxValue;
        var (from, heard) = (calendar.Now.AddDays(-limit.Days), 0);
        foreach (var memberId in profile.MergedFrom.Append(profile.MemberId))
        {
            var query = new IndexQuery(SmsRecord.MemberIndex, $"{memberId}:{IndexKeys.Moment(from)}", $"{memberId}:{IndexQuery.Last}",
                Partition: memberId, Limit: limit.Most * 2);
            await foreach (var document in store.FindAll(query, cancellation))
                if (Counts(document.As<SmsRecord>()) && ++heard >= limit.Most) return 0;
        }
        return limit.Most - heard;
    }

    /// <summary>The welcome is never too much, but heard.</summary>
    public static bool IsFree(Occasion occasion) =>
        occasion.Message.Occasion == CareOccasion.Welcome || !OccasionKeys.IsMarketing(occasion.Key);

    /// <summary>Whether it was heard, or is to be.</summary>
    public static bool Counts(SmsRecord record) =>
        OccasionKeys.IsMarketing(record.Occasion)
        && (record.State != SmsState.Suppressed || record.Why is HoldoutRules.Why or CallRules.Why or LetterRules.Why);
}
