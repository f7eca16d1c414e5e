using Club.Access;
using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
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
public sealed class Explain(ProgrammeLibrary library, Membership membership, IClubStore store)
{
    /// <returns>Null when there is no such member or entry.</returns>
    public async Task<EntryExplanation?> Entry(MemberId memberId, Caller caller, long sequence, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return null;
        var key = Ledger.Entry.SequenceKey(profile.MemberId, sequence);
        var page = await store.Find(new IndexQuery(Ledger.Entry.SequenceIndex, key, key, Partition: profile.MemberId, Limit: 1),
            cancellation);
        return page.Documents is [var document]
            ? Of((await library.Now(cancellation)).Find(document.As<Entry>().ProgrammeVersion), document.As<Entry>()) : null;
    }

    /// <summary>Pure.</summary>
    /// <param name="programme">The version that judged it; null when it is not known any more.</param>
    public static EntryExplanation Of(Programme? programme, Entry entry)
    {
        IReadOnlyList<NearlyMatched> nearly = [];
        if (programme is not null && entry.Cause is Cause.Accrual { Inputs: { } inputs } && entry.ToTransaction() is { } transaction)
        {
            var facts = inputs.ToFacts();
            nearly = Nearly(programme, transaction, facts, EarningRules.Evaluate(programme, transaction, facts));
        }
        return new EntryExplanation(
            entry.Sequence, entry.Kind, entry.Wallet, entry.Points, entry.ProgrammeVersion, ExplainedLine.Of(entry.Explanation), nearly,
            entry.Inputs,
            Tell(Language.Chinese, programme, entry, nearly), Tell(Language.English, programme, entry, nearly));
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
            sentences.Add(say.Line(entry.Cause, line, line.In(language)));
            foreach (var cut in line.Cuts ?? []) sentences.Add(say.Cut(cut));
            if (line.Funding is { Count: > 0 } funding && !line.Points.IsZero) sentences.Add(say.Funding(funding));
        }
        if (entry.Cause is Cause.Accrual)
            foreach (var lot in entry.Lots.Where(lot => lot.Points.IsPositive && lot.Lot != Ledger.Lot.Debt)) sentences.Add(say.Lot(lot));
        sentences.AddRange(nearly.Select(miss => language.Say(miss.English, miss.Chinese)));
        return sentences;
    }
}
