using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Store;

namespace Club.Care;

/// <summary>Follows what becomes of messages: where the rule book calls instead, or where none arrived, the member is put on the call list.
/// Follows the member too: an open call goes with her to another branch, and ends where she came or is not to be called any more. An event
/// that is told again meets what it made.</summary>
public sealed class CallPlanner(IClubStore store, CareCalls calls, CallCauses causes, Membership membership, MemberLedger ledger,
    CareLetters letters, NextChannel next) : IFollows
{
    public string Name => "calls";

    public async Task Follow(Document happened, CancellationToken cancellation)
    {
        if (happened.Type == "entry" && happened.As<Entry>() is { Kind: EntryKind.Accrual or EntryKind.Reversal } entry)
        {
            await calls.SettleOpen(entry.MemberId, cancellation);
            await letters.Settle(entry.MemberId, cancellation);
        }
        if (happened.Type != "event") return;
        var told = happened.As<MemberEvent>();
        if (MayChange(told))
        {
            await calls.Settle(told.MemberId, cancellation);
            await letters.Settle(told.MemberId, cancellation);
        }
        if (told is not ({ Kind: MemberEventKind.SmsFailed }
            or { Kind: MemberEventKind.SmsSuppressed, Reason: CallRules.Why or LetterRules.Why }))
            return;
        // What is gone was erased; what failed may have arrived after all.
        if (await store.Read<SmsRecord>(told.MemberId, SmsRecord.IdOf(told.Subject!), cancellation) is not { } stored) return;
        if (ChannelRules.Ways(stored.Value) is { Count: > 0 } ways
            && await StillHolds(told.MemberId, OccasionKeys.WhatOf(stored.Value.Occasion), cancellation))
            await next.Try(stored, ways, cancellation);
    }

    /// <summary>She may have come while the message was on its way.</summary>
    private async Task<bool> StillHolds(MemberId memberId, string occasion, CancellationToken cancellation) =>
        await membership.Find(memberId, cancellation) is { } profile
        && await causes.Hold(profile, await ledger.Load(profile.MemberId, cancellation), occasion, cancellation);

    /// <summary>Whether somebody else may have to call her by it, or nobody.</summary>
    private static bool MayChange(MemberEvent told) => told.Kind is MemberEventKind.Transferred or MemberEventKind.Merged
        or MemberEventKind.Left or MemberEventKind.Lapsed or MemberEventKind.ConsentChanged
        || told is { Kind: MemberEventKind.ProfileChanged, Changed: { } changed } && changed.Any(one => one is "phone" or "address" or "dealerId");
}
