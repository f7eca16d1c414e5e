using Club.Kernel;
using Club.Ledger;
using Club.Messaging;
using Club.Store;

namespace Club.Care;

/// <summary>Follows what becomes of messages: where the rule book calls instead, or where none arrived, the member is put on the call list.
/// An event that is told again meets the call that it made.</summary>
public sealed class CallPlanner(IClubStore store, CareCalls calls, ClubCalendar calendar) : IFollows
{
    public string Name => "calls";

    public async Task Follow(Document happened, CancellationToken cancellation)
    {
        if (happened.Type != "event") return;
        var told = happened.As<MemberEvent>();
        if (told is not ({ Kind: MemberEventKind.SmsFailed } or { Kind: MemberEventKind.SmsSuppressed, Reason: CallRules.Why })) return;
        // What is gone was erased; what failed may have arrived after all.
        if (await store.Read<SmsRecord>(told.MemberId, SmsRecord.IdOf(told.Subject!), cancellation) is not { Value: var record }) return;
        var isWanted = record.State == SmsState.Failed ? record.CallIfFailed is true : record.Why == CallRules.Why;
        if (isWanted && record.LastDay.AddDays(CallRules.LateDays) is var until && until >= calendar.Today)
            await calls.Add(told.MemberId, OccasionKeys.WhatOf(record.Occasion), until, cancellation);
    }
}
