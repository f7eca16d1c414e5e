using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;
using Microsoft.Extensions.Options;

namespace Club.Care;

/// <summary>A letter as those who write it see it.</summary>
/// <param name="Name">Null where the member is not the caller's to see.</param>
/// <param name="Address">Null as well where she has none any more.</param>
public sealed record LetterView(string Id, MemberId MemberId, string? Name, string? Address, DealerId? DealerId, string Occasion,
    LetterState State, DateOnly On, DateOnly Until, string? Text, IReadOnlyList<LetterOutcome> Outcomes) : IOfMember;

/// <summary>What became of a letter.</summary>
public sealed record LetterRequest(LetterResult Outcome)
{
    public static IReadOnlyDictionary<string, LetterResult> Words { get; } = new Dictionary<string, LetterResult>
    {
        ["sent"] = LetterResult.Sent, ["returned"] = LetterResult.Returned, ["stopped"] = LetterResult.Stopped,
    };

    public static Outcome<LetterRequest> Read(JsonFields body)
    {
        var word = body.Text("outcome") ?? "";
        if (!Words.TryGetValue(word, out var outcome) && word.Length > 0)
            body.Fail("outcome", $"\"{word}\" is none of {string.Join(", ", Words.Keys)}{Nearest.Hint(word, Words.Keys)}");
        return body.Problem is { } problem ? problem : new LetterRequest(outcome);
    }
}

/// <summary>Whom to write to by post 邮寄关怀, and what became of it.</summary>
public sealed class CareLetters(IClubStore store, MemberLedger ledger, Membership membership, NextChannel next, CallCauses causes,
    IOptions<RetentionOptions> retention)
{
    private const int MostOpen = 50;

    /// <summary>By the day on which they were planned, or on which something became of them: of a dealer's staff, their own.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<LetterView> Items, string? Continuation)> List(LetterState state, DealerId? dealer, Caller caller,
        int limit, string? continuation, CancellationToken cancellation)
    {
        var query = new IndexQuery(CareLetter.DayIndex, "", IndexQuery.Last, Limit: limit, Continuation: continuation)
            .And(new IndexKey(CareLetter.StateIndex, $"{state}"));
        if (dealer is { } named) query = query.And(new IndexKey(CareLetter.DealerIndex, named));
        // Whose letters a dealer's staff see is part of what is looked for.
        if (caller.IsScoped) query = query.And(new IndexKey(CareLetter.DealerIndex, caller.Dealer ?? ""));
        var page = await store.Find(query, cancellation);
        var views = new List<LetterView>(page.Documents.Count);
        foreach (var document in page.Documents) views.Add(await View(document.As<CareLetter>(), caller, cancellation));
        return ([.. views.OrderBy(view => view.On).ThenBy(view => view.Id, StringComparer.Ordinal)], page.Continuation);
    }

    /// <summary>Keeps what became of a letter. One that came back leaves the next channel its turn.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>already-decided</c>, <c>being-merged</c>.</returns>
    public async Task<Outcome<LetterView>> Take(string id, LetterRequest said, Caller caller, CancellationToken cancellation)
    {
        if (await Read(id, caller, cancellation) is not { } seen) return Unknown(id);
        if (LetterRules.Unfit(seen, said.Outcome) is { } unfit) return unfit;
        // Before it is written down: after a crash it is told again, and the next channel is met.
        if (said.Outcome == LetterResult.Returned && seen.Then is { } then)
            await next.After(seen.MemberId, seen.Occasion, then, cancellation);
        var taken = await ledger.Change(seen.MemberId, async (journal, token) =>
            (Letter: await store.Read<CareLetter>(journal.Account.MemberId, id, token), journal.Account.Absorbs), (journal, facts) =>
        {
            if (facts.Letter is not { Value: var letter, ETag: var etag })
                return facts.Absorbs is null ? Unknown(id) : (Outcome<CareLetter>)LedgerProblems.BeingMerged();
            if (LetterRules.IsRepeat(letter, said.Outcome)) return letter;
            if (LetterRules.Unfit(letter, said.Outcome) is { } over) return over;
            var after = LetterRules.After(letter, said.Outcome, caller.Author, journal.RecordedAt, journal.Today,
                retention.Value.MessageDays);
            journal.Attach(after, etag);
            return after;
        }, cancellation);
        return taken.Problem is { } problem ? problem : await View(taken.Value, caller, cancellation);
    }

    /// <summary>Brings open letters up to what she is by now. Safe to repeat.</summary>
    internal async Task Settle(MemberId memberId, CancellationToken cancellation)
    {
        var own = (await membership.Find(memberId, cancellation))?.MemberId ?? memberId;
        if ((await Open(own, cancellation)).Count == 0) return;
        await ledger.Change(own, async (journal, token) =>
        {
            var member = journal.Account.MemberId;
            var (profile, open) = ((await store.Read<Profile>(member, Profile.Id, token))?.Value, await Open(member, token));
            var over = new HashSet<string>();
            foreach (var letter in open.Select(one => one.Value))
                if (profile is not null && !await causes.Hold(profile, journal.Account, letter.Occasion, token)) over.Add(letter.Id);
            return (Profile: profile, Open: open, Over: over);
        }, (journal, facts) =>
        {
            if (facts.Profile is not { IsPersonal: true } profile) return false;
            foreach (var (letter, etag) in facts.Open.Select(one => (one.Value, one.ETag)))
                if (LetterRules.Settled(letter, profile, !facts.Over.Contains(letter.Id), journal.Today, retention.Value.MessageDays)
                    is var after && after != letter)
                    journal.Attach(after, etag);
            return true;
        }, cancellation);
    }

    private async Task<IReadOnlyList<Stored<CareLetter>>> Open(MemberId member, CancellationToken cancellation)
    {
        var query = new IndexQuery(CareLetter.MemberIndex, "", IndexQuery.Last, Partition: member, Limit: MostOpen)
            .And(new IndexKey(CareLetter.StateIndex, $"{LetterState.Open}"));
        return [.. (await store.Find(query, cancellation)).Documents.Select(document => document.ToStored<CareLetter>())];
    }

    private async ValueTask<CareLetter?> Read(string id, Caller caller, CancellationToken cancellation) =>
        await membership.Find(OwnedId.MemberOf(id), cancellation) is { } profile
        && await store.Read<CareLetter>(profile.MemberId, id, cancellation) is { Value: var letter }
        && (!caller.IsScoped || letter.DealerId is { } dealer && dealer == caller.Dealer) ? letter : null;

    private async Task<LetterView> View(CareLetter letter, Caller caller, CancellationToken cancellation)
    {
        var profile = await membership.Find(letter.MemberId, cancellation);
        var isShown = profile is not null && caller.SeesMasked(profile.MemberId, profile.DealerId) is false;
        return new LetterView(letter.Id, letter.MemberId, isShown ? profile!.Name ?? profile.CardNumber : null,
            isShown && LetterRules.MayWrite(profile!) ? profile!.Address : null, letter.DealerId, letter.Occasion, letter.State, letter.On,
            letter.Until, isShown ? letter.Text : null, letter.Outcomes);
    }

    private static Problem Unknown(string id) => Problem.NotFound($"Letter \"{id}\"");
}
