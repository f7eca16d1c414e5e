using Club.Programmes;

namespace Club.Earning;

/// <summary>Why a rule that might have given points to a line did not.</summary>
/// <param name="LineId">Null for a rule that gives to the transaction as a whole.</param>
/// <param name="Failed">The one condition that does not hold; null when all hold.</param>
/// <param name="OutOfDate">Everything holds but the dates between which the rule judges.</param>
/// <param name="OutdoneBy">The rule of its group that won.</param>
public sealed record NearMiss(string? LineId, EarningRule Rule, Condition? Failed, bool OutOfDate, string? OutdoneBy);

/// <summary>
/// Rules that nearly matched. Pure, and never asked on the way of a transaction: what an entry keeps of its inputs is enough to tell it
/// later. A rule is near when all its conditions hold, or all but one of at least two.
/// </summary>
public static class NearMissRules
{
    public static IReadOnlyList<NearMiss> Of(Programme programme, Transaction transaction, EarningFacts facts, IReadOnlyList<Award> awards)
    {
        var asked = EarningCase.Of(programme, transaction, facts);
        var near = new List<NearMiss>();
        foreach (var rule in programme.Earning)
        {
            if (rule.Award.Pass == EarningPass.Transaction)
            {
                if (awards.Any(award => award.By == rule)) continue;
                var misses = transaction.Lines.Select(line => Judge(rule, asked, line, null, awards)).OfType<NearMiss>().ToArray();
                if (misses.Length > 0) near.Add(misses.MinBy(miss => miss.Failed is null ? 0 : 1)!);
                continue;
            }
            foreach (var line in transaction.Lines)
                if (!awards.Any(award => award.By == rule && award.LineId == line.LineId) && Judge(rule, asked, line, line.LineId, awards)
                    is { } miss)
                    near.Add(miss);
        }
        return near;
    }

    private static NearMiss? Judge(EarningRule rule, in EarningCase asked, TransactionLine line, string? lineId,
        IReadOnlyList<Award> awards)
    {
        Condition? failed = null;
        foreach (var condition in rule.When)
        {
            if (ConditionRules.Holds(condition, asked, line)) continue;
            if (failed is not null) return null;
            failed = condition;
        }
        var on = asked.Transaction.On;
        var outOfDate = on < rule.From || on > rule.To;
        if (failed is not null && (rule.When.Count < 2 || outOfDate)) return null;
        var winner = failed is null && !outOfDate && rule.Group is not null
            ? awards.FirstOrDefault(award => award.By.Group == rule.Group && award.LineId == lineId)?.Rule
            : null;
        return new NearMiss(lineId, rule, failed, outOfDate, winner);
    }
}
