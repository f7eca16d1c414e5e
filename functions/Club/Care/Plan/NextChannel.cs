using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Store;

namespace Club.Care;

/// <summary>What comes where one channel failed, or is not a message at all: the next of the occasion's channels by which the member may be
/// reached. Each makes its own of an occasion once, so that it may be asked again.</summary>
public sealed class NextChannel(IClubStore store, MemberLedger ledger, Membership membership, ClubCalendar calendar)
{
    private const int MostRecords = 100;

    private sealed record Facts(Profile? Profile, bool IsKnown);

    /// <summary>The next ways after a call or a letter failed.</summary>
    /// <param name="occasion">Without the days before.</param>
    public async Task After(MemberId memberId, string occasion, string then, CancellationToken cancellation)
    {
        if (await membership.Find(memberId, cancellation) is not { } profile) return;
        foreach (var name in profile.MergedFrom.Prepend(profile.MemberId))
        {
            var query = IndexQuery.Prefix(SmsRecord.MemberIndex, $"{name}:") with { Partition = name, Limit = MostRecords };
            await foreach (var document in store.FindAll(query, cancellation))
                if (document.ToStored<SmsRecord>() is var stored && OccasionKeys.WhatOf(stored.Value.Occasion) == occasion)
                {
                    await Try(stored, then.Split(' '), cancellation);
                    return;
                }
        }
    }

    /// <summary>The first of the ways by which she may be reached in time.</summary>
    public async Task Try(Stored<SmsRecord> stored, IReadOnlyList<string> ways, CancellationToken cancellation)
    {
        var record = stored.Value;
        if (await membership.Find(record.MemberId, cancellation) is not { } profile) return;
        var what = OccasionKeys.WhatOf(record.Occasion);
        for (var i = 0; i < ways.Count; i++)
        {
            var then = ChannelRules.Joined(ways.Skip(i + 1));
            if (ways[i] == ChannelRules.Call && CallRules.MayCall(profile) && record.LastDay.AddDays(CallRules.LateDays) is var call
                && call >= calendar.Today)
            {
                await Call(record.MemberId, what, call, then, cancellation);
                return;
            }
            if (ways[i] == ChannelRules.Mail && LetterRules.MayWrite(profile) && record.Letter is { } text
                && record.LastDay.AddDays(LetterRules.LateDays) is var until && until >= calendar.Today)
            {
                await Write(record.MemberId, what, text, until, then, cancellation);
                return;
            }
            if (ways[i] == ChannelRules.Sms && ChannelRules.AsText(record, profile, then, calendar.Now, calendar.Today) is { } again)
            {
                await store.Commit(record.MemberId, [again.ToReplace(stored.ETag), again.Happened(calendar.Now).ToCreate()], cancellation);
                return;
            }
        }
    }

    /// <summary>Puts a member down to be called, once for each occasion, unless she cannot be or does not want it.</summary>
    public Task Call(MemberId memberId, string occasion, DateOnly until, string? then, CancellationToken cancellation) =>
        ledger.Change(memberId, (journal, token) => Gather(journal, CareCall.OccasionIndex, occasion, token), (journal, facts) =>
    {
        if (facts.IsKnown || facts.Profile is not { } profile || !CallRules.MayCall(profile) || until < journal.Today) return false;
        journal.Attach(new CareCall
        {
            Id = OwnedId.Of(profile.MemberId, "call", occasion), MemberId = profile.MemberId,
            DealerId = profile.DealerId, Occasion = occasion, State = CallState.Open, On = journal.Today, Until = until, Then = then,
            ForgetOn = until.AddDays(1),
        });
        return true;
    }, cancellation);

    /// <summary>Puts a member down to be written to by post, once for each occasion.</summary>
    private Task<bool> Write(MemberId memberId, string occasion, string text, DateOnly until, string? then,
        CancellationToken cancellation) =>
        ledger.Change(memberId, (journal, token) => Gather(journal, CareLetter.OccasionIndex, occasion, token), (journal, facts) =>
    {
        if (facts.IsKnown || facts.Profile is not { } profile || !LetterRules.MayWrite(profile)) return false;
        journal.Attach(new CareLetter
        {
            Id = OwnedId.Of(profile.MemberId, "letter", occasion), MemberId = profile.MemberId, DealerId = profile.DealerId,
            Occasion = occasion, State = LetterState.Open, Text = text, On = journal.Today, Until = until, Then = then,
            ForgetOn = until.AddDays(1),
        });
        return true;
    }, cancellation);

    private async ValueTask<Facts> Gather(Journal journal, string index, string occasion, CancellationToken cancellation)
    {
        var member = journal.Account.MemberId;
        var known = await store.Find(IndexQuery.Equal(index, occasion) with { Partition = member, Limit = 1 }, cancellation);
        return new Facts((await store.Read<Profile>(member, Profile.Id, cancellation))?.Value, known.Documents.Count > 0);
    }
}
