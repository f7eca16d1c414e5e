using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Care;
using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Store;
using Club.Tiers;
using Club.Value;

namespace Club.Transactions;

/// <summary>A return: all that is left of a transaction, or the given amounts of some of its lines.</summary>
public sealed record Reversal(string Source, string Id, DateTimeOffset At, DateOnly On, string OriginalId, string? Reason,
    IReadOnlyList<ReversedLine>? Lines)
{
    /// <summary>The name of the queue key with which it was sent; null where the host does not know.</summary>
    public string? SentWith { get; init; }
}

public sealed record ReversedLine(string LineId, Money Amount);

/// <summary>What was taken back of points that a transaction earned as a whole.</summary>
public sealed record ReversedBonus(WalletCode Wallet, string Rule, Points Points);

/// <summary>How much of a transaction was reversed so far; replaced together with the account.</summary>
public sealed record Reversed : IStored<Reversed>
{
    public required string EntryId { get; init; }
    public IReadOnlyList<ReversedLine> Lines { get; init; } = [];

    /// <summary>All lines were reversed in full, and with them what the transaction earned as a whole.</summary>
    public bool Whole { get; init; }

    /// <summary>Of what rules gave to the transaction as a whole; null before the first.</summary>
    public IReadOnlyList<ReversedBonus>? Bonuses { get; init; }

    public static string IdOf(string entryId) => $"reversed:{entryId}";
    static string IStored<Reversed>.DocumentType => "reversed";
    static JsonTypeInfo<Reversed> IStored<Reversed>.JsonType => TransactionsDocuments.Default.Reversed;
    [JsonIgnore] public string DocumentId => IdOf(EntryId);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;

    public Money Of(string lineId) => Lines.FirstOrDefault(line => line.LineId == lineId)?.Amount ?? Money.Zero;

    public Points BonusOf(WalletCode wallet, string? rule) =>
        Bonuses?.FirstOrDefault(bonus => bonus.Wallet == wallet && bonus.Rule == rule)?.Points ?? Points.Zero;
}

/// <summary>
/// Clawback 扣回: takes back what the returned share of each line earned, rounded down to the hundredth until the line is returned in full;
/// and of what the transaction earned as a whole, whatever the part that is left would not have earned (<see cref="BonusRules"/>).
/// </summary>
public static class ReversalRules
{
    /// <param name="originals">The accrual's entries, one per wallet, the default wallet's first.</param>
    /// <returns>A problem when more would be reversed than happened; otherwise the entries are posted.</returns>
    public static Problem? Reverse(Journal journal, Reversal reversal, IReadOnlyList<Entry> originals, Reversed before, string contentHash,
        string? reversedETag)
    {
        var lines = originals[0].Explanation.Where(line => line.LineId is not null).GroupBy(line => line.LineId!)
            .ToDictionary(group => group.Key, group => group.First());
        var returned = new Dictionary<string, Money>();
        if (Collect(reversal, before, lines, returned) is { } problem) return problem;

        var after = before with { Lines = [.. lines.Keys.Select(id =>
            new ReversedLine(id, before.Of(id) + returned.GetValueOrDefault(id)))] };
        after = after with { Whole = lines.All(line => after.Of(line.Key) == line.Value.Amount) };
        after = after with { Bonuses = BonusRules.Taken(journal.ProgrammeThatJudged(originals[0]), originals, before, after) };
        foreach (var original in originals)
            Post(journal, reversal, original, original == originals[0], before, after, returned, contentHash);
        Subtract(journal, originals, before, after, returned);
        journal.Attach(after, reversedETag);
        TierPosting.Settle(journal, "reversed");
        return null;
    }

    private static Problem? Collect(Reversal reversal, Reversed before,
        Dictionary<string, Explanation> lines, Dictionary<string, Money> returned)
    {
        if (reversal.Lines is null)
        {
            if (before.Whole)
                return new Problem("already-reversed", $"Transaction {reversal.OriginalId} was reversed in full before.",
                    "$.data.originalId");
            foreach (var (id, line) in lines) returned[id] = line.Amount!.Value - before.Of(id);
            return null;
        }
        for (var i = 0; i < reversal.Lines.Count; i++)
        {
            var (id, amount) = reversal.Lines[i];
            if (!lines.TryGetValue(id, out var line))
                return new Problem("unknown-line",
                    $"Transaction {reversal.OriginalId} has no line \"{id}\"; it has {string.Join(", ", lines.Keys)}.",
                    $"$.data.lines[{i}].lineId");
            var left = line.Amount!.Value - before.Of(id);
            if (amount > left)
                return new Problem("reversal-exceeds",
                    $"{amount} cannot be reversed from line \"{id}\": only {left} of {line.Amount} is left.", $"$.data.lines[{i}].amount");
            returned[id] = amount;
        }
        return null;
    }

    private static void Post(
        Journal journal, Reversal reversal, Entry original, bool isFirst, Reversed before, Reversed after,
        Dictionary<string, Money> returned, string contentHash)
    {
        var explanation = new List<Explanation>();
        foreach (var line in original.Explanation)
        {
            var taken = SoFar(original, line, after) - SoFar(original, line, before);
            if (line.LineId is { } id && returned.TryGetValue(id, out var amount))
                Explain(amount, new Calculation(How.Returned, line.Points.Value, after.Of(id).Yuan) { Per = line.Amount?.Yuan,
                    Less = Share(line, before) });
            else if (!taken.IsZero)
                Explain(null, after.Whole ? new Calculation(How.ReturnedWhole)
                    : new Calculation(How.LeftEarns, line.Points.Value, (line.Points - SoFar(original, line, after)).Value));

            void Explain(Money? amount, Calculation calculation) =>
                explanation.Add(new Explanation(line.LineId, line.Category, amount, line.Rule, -taken, calculation)
            {
                Funding = line.Funding is { } whole ? Returned(whole, SoFar(original, line, before), SoFar(original, line, after)) : null,
                Lot = line.Lot,
            });
        }
        var lots = Take(journal, original, explanation);
        journal.Post(new Posting(
            Entry.IdOf(reversal.Source, reversal.Id, isFirst ? null : original.Wallet), new Cause.Reversal(contentHash, original.Id),
            original.Wallet, reversal.At, reversal.On, reversal.Source, reversal.Id, lots, explanation)
        {
            Counter = CounterLine.OfReversal(explanation, lots.Sum(line => line.Points)),
            DealerId = original.DealerId,
            SentWith = reversal.SentWith,
            ProgrammeVersion = original.ProgrammeVersion,
        });
        var isJoining = journal.Account.Absorbs is { Count: > 0 };
        journal.Account = journal.Account with
        {
            Counters = isJoining || journal.Account.Counters is not null
                ? CapRules.GiveBack(journal.ProgrammeOf(original), journal.Account.Counters ?? [],
                    explanation.Where(line => line.Rule is not null).Select(line => (line.Rule!, -line.Points)), original.On, isJoining)
                : null,
        };
    }

    /// <summary>What each funder gets back: the difference of two splits, so that the parts of several returns sum to the whole.</summary>
    private static IReadOnlyList<Funding> Returned(IReadOnlyList<Funding> whole, Points before, Points after) =>
    [
        .. FundingRules.PartOf(whole, before).Zip(FundingRules.PartOf(whole, after))
            .Select(pair => pair.First with { Points = pair.First.Points - pair.Second.Points }),
    ];

    /// <summary>What was taken back of a line so far.</summary>
    internal static Points SoFar(Entry original, Explanation line, Reversed state) =>
        line.LineId is null ? state.BonusOf(original.Wallet, line.Rule) : Share(line, state);

    /// <summary>What the returned part of a line had earned: all of it when the line, or a transaction without amounts, is returned in
    /// full.</summary>
    private static Points Share(Explanation line, Reversed state)
    {
        if (line.Amount is not { Fen: > 0 } amount) return state.Whole ? line.Points : Points.Zero;
        var returned = state.Of(line.LineId!);
        return returned == amount ? line.Points
            : new Points((long)decimal.Floor((decimal)line.Points.Hundredths * returned.Fen / amount.Fen));
    }

    /// <summary>
    /// Takes from the lot that each line was credited to, which may have waited then and wait no more; then from lots that cost the same,
    /// then from the others in spending order, then as a debt. What lapsed owes nothing any more.
    /// </summary>
    private static List<LotLine> Take(Journal journal, Entry original, List<Explanation> explanation)
    {
        var lines = new List<LotLine>();
        var wallet = journal.Account.Wallet(original.Wallet);
        var owed = Points.Zero;
        foreach (var share in explanation.Where(line => line.Lot is not null).GroupBy(line => line.Lot!))
        {
            var due = -share.Sum(line => line.Points);
            due -= Draw(wallet.Lots.Where(lot => lot.Id == share.Key), due);
            due -= Draw(wallet.Lots.Where(lot => lot.Id == LotRules.Released(share.Key)), due);
            var credited = original.Lots.FirstOrDefault(line => line.Lot == share.Key);
            if (credited?.LapsesOn <= journal.Today) continue;
            if (credited is not null) due -= Draw(wallet.Spendable(journal.Today).Where(lot => lot.CostsAs(credited)), due);
            owed += due;
        }
        owed -= Draw(wallet.Spendable(journal.Today), owed);
        if (owed.IsPositive) lines.Add(new LotLine(Lot.Debt, -owed, wallet.Debt?.EarnedOn ?? journal.Today));
        return lines;

        Points Draw(IEnumerable<Lot> lots, Points most)
        {
            var drawn = Points.Zero;
            foreach (var lot in lots.ToArray())
            {
                var part = Points.Min(most - drawn, lot.Remaining);
                if (!part.IsPositive) continue;
                drawn += part;
                lines.Add(lot.Take(part));
                wallet = wallet.With(lines[^1]);
            }
            return drawn;
        }
    }

    /// <summary>Takes the returned points, spend and count out of the activity of the day on which they were booked.</summary>
    private static void Subtract(Journal journal,
        IReadOnlyList<Entry> originals, Reversed before, Reversed after, Dictionary<string, Money> returned)
    {
        var rows = new List<Activity>();
        foreach (var original in originals)
            foreach (var line in original.Explanation)
                if (SoFar(original, line, after) - SoFar(original, line, before) is { IsZero: false } taken)
                    rows.Add(new Activity(original.On, line.Category ?? original.Explanation[0].Category!, original.Wallet, -taken,
                        Money.Zero, 0));
        foreach (var line in originals[0].Explanation.DistinctBy(line => line.LineId))
            if (line.LineId is { } id && returned.TryGetValue(id, out var amount))
                rows.Add(new Activity(originals[0].On, line.Category!, originals[0].Wallet, Points.Zero, Money.Zero - amount,
                    after.Of(id) == line.Amount && before.Of(id) != line.Amount ? -1 : 0));
        journal.Account = journal.Account with
        {
            Activity = journal.Account.Activity.Plus(rows),
            Visits = VisitRules.Minus(journal.Programme.Value, journal.Account.Visits, originals[0], returned, id => after.Of(id) is var all
                && all == originals[0].Explanation.First(line => line.LineId == id).Amount && before.Of(id) != all,
                after.Whole && !before.Whole),
        };
        // What is billed anew is read anew: a kilometre that was mistyped goes with its bill.
        if (after.Whole) journal.Account = MileageRules.Without(journal.Account, after.EntryId);
    }
}
