using Club.Access;
using Club.Activities;
using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Spending;
using Club.Store;

namespace Club.Explaining;

/// <summary>Why an entry says what it says: its lines, the rules that matched and those that nearly did, in Chinese and English.</summary>
/// <param name="Nearly">Rules that nearly matched and why not; empty when the entry does not keep its inputs or its version is not
/// known.</param>
public sealed record EntryExplanation(
    long Sequence, EntryKind Kind, WalletCode Wallet, Points Points, string ProgrammeVersion,
    IReadOnlyList<ExplainedLine> Lines, IReadOnlyList<NearlyMatched> Nearly,
    Inputs? Inputs, IReadOnlyList<string> Chinese, IReadOnlyList<string> English);

/// <param name="LineId">Null for a rule that gives to the transaction as a whole.</param>
public sealed record NearlyMatched(string? LineId, string Rule, string Chinese, string English);

/// <summary>Explains entries (DOMAIN P11). Reads only; nearly matching rules are worked out again from what the entry keeps.</summary>
public sealed class Explain(ProgrammeLibrary library, Membership membership, ActivityPlans activities,
    IClubStore store)
{
    /// <returns>Null when there is no such member or entry.</returns>
    public async Task<EntryExplanation?> Entry(MemberId memberId, Caller caller, long sequence, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return null;
        return await Stored(profile.MemberId, sequence, cancellation) is { } entry
            ? Of(JudgeOf(await library.Now(cancellation), entry), entry) : null;
    }

    private async Task<Entry?> Stored(MemberId memberId, long sequence, CancellationToken cancellation)
    {
        var key = Ledger.Entry.SequenceKey(memberId, sequence);
        var page = await store.Find(new IndexQuery(Ledger.Entry.SequenceIndex, key, key, Partition: memberId, Limit: 1), cancellation);
        return page.Documents is [var document] ? document.As<Entry>() : null;
    }

    private static Programme? JudgeOf(ProgrammeVersions rules, Entry entry) => rules.Find(entry.ProgrammeVersion, entry.DealerId, entry.At);

    /// <summary>The latest entry of a member as she is told it, in Chinese: what it gave, line by line, until when it is good, and what
    /// would have given more; who pays for it is not hers to know.</summary>
    /// <returns>Null when she has none.</returns>
    public async Task<IReadOnlyList<string>?> Latest(MemberId memberId, CancellationToken cancellation)
    {
        if (await store.Read<Account>(memberId, Account.Id, cancellation) is not { Value: { Sequence: > 0 } account }) return null;
        if (await Stored(memberId, account.Sequence, cancellation) is not { } entry) return null;
        var programme = JudgeOf(await library.Now(cancellation), entry);
        var activity = entry is { Source: SignUpRules.Source, Inputs.Campaign: { } code }
            ? await activities.Read(code, cancellation) : null;
        var adjustment = entry is { Kind: EntryKind.Adjustment, Move.Id: { } id }
            ? await store.Read<Adjustment>(memberId, id, cancellation) : null;
        return HerSentences.Of(programme, entry, activity?.Value.Name, adjustment?.Value.Reason);
    }

    /// <summary>Pure.</summary>
    /// <param name="programme">The version that judged it; null when it is not known any more.</param>
    public static EntryExplanation Of(Programme? programme, Entry entry)
    {
        var nearly = Nearly(programme, entry);
        return new EntryExplanation(
            entry.Sequence, entry.Kind, entry.Wallet, entry.Points, entry.ProgrammeVersion, ExplainedLine.Of(entry.Explanation), nearly,
            entry.Inputs,
            Tell(Language.Chinese, programme, entry, nearly), Tell(Language.English, programme, entry, nearly));
    }

    private static IReadOnlyList<NearlyMatched> Nearly(Programme? programme, Entry entry)
    {
        if (programme is null || entry.Cause is not Cause.Accrual { Inputs: { } inputs } || entry.ToTransaction() is not { } transaction)
            return [];
        var facts = inputs.ToFacts();
        return Nearly(programme, transaction, facts, EarningRules.Evaluate(programme, transaction, facts));
    }

    /// <summary>Rules that nearly matched a transaction, in words.</summary>
    public static IReadOnlyList<NearlyMatched> Nearly(Programme programme, Transaction transaction, EarningFacts facts,
        IReadOnlyList<Award> awards)
    {
        var asked = EarningCase.Of(programme, transaction, facts);
        return [.. NearMissRules.Of(programme, transaction, facts, awards)
            .Select(miss => new NearlyMatched(miss.LineId, miss.Rule.Id, Tell(Language.Chinese, miss), Tell(Language.English, miss)))];

        string Tell(Language language, NearMiss miss)
        {
            var line = transaction.Lines.FirstOrDefault(line => line.LineId == miss.LineId) ?? transaction.Lines[0];
            return new Sentences(language, programme)
                .NearMiss(miss, miss.Failed is { } failed ? new Conditions(language).Found(failed, asked, line) : "");
        }
    }

    private static List<string> Tell(Language language, Programme? programme, Entry entry, IReadOnlyList<NearlyMatched> nearly)
    {
        var say = new Sentences(language, programme);
        var sentences = new List<string> { say.Header(entry) };
        foreach (var line in entry.Explanation)
        {
            sentences.AddRange(Lines(say, language, entry, line));
            if (line.Funding is { Count: > 0 } funding && !line.Points.IsZero) sentences.Add(say.Funding(funding));
        }
        sentences.AddRange(Lots(say, entry));
        sentences.AddRange(nearly.Select(miss => language.Say(miss.English, miss.Chinese)));
        return sentences;
    }

    private static IEnumerable<string> Lines(Sentences say, Language language, Entry entry, Explanation line) =>
        (line.Cuts ?? []).Select(say.Cut).Prepend(say.Line(entry.Cause, line, line.In(language)));

    private static IEnumerable<string> Lots(Sentences say, Entry entry) => entry.Cause is not Cause.Accrual ? []
        : entry.Lots.Where(lot => lot.Points.IsPositive && lot.Lot != Ledger.Lot.Debt).Select(say.Lot);
}
