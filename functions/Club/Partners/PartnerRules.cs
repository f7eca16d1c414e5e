using Club.Access;
using Club.Kernel;

namespace Club.Partners;

/// <summary>What may be agreed with partners. Pure.</summary>
public static class PartnerRules
{
    /// <summary>Takes an agreement down, which may have begun already; what is settled stays, and none goes over another.</summary>
    /// <param name="open">The first day that is not settled; null: none is.</param>
    /// <returns>The partner as before where the same is agreed already. Problems: <c>invalid-data</c>,
    /// <c>overlapping-agreement</c>, <c>over-limit</c>.</returns>
    public static Outcome<Partner> Agree(Partner partner, Agreement agreement, DateOnly? open)
    {
        if (partner.Agreements.Any(agreement.Says)) return partner;
        if (agreement.To < agreement.From)
            return new Problem("invalid-data", $"$.to: {agreement.To:yyyy-MM-dd} is before {agreement.From:yyyy-MM-dd}.", "$.to");
        if (agreement.From < open)
            return new Problem("invalid-data", $"$.from: {agreement.From:yyyy-MM-dd} is settled; {open:yyyy-MM-dd} is the first day that is not.", "$.from");
        if (partner.Agreements.FirstOrDefault(one => one.From <= agreement.To && agreement.From <= one.To) is { } other)
            return new Problem("overlapping-agreement",
                $"$.from: from {other.From:yyyy-MM-dd} to {other.To:yyyy-MM-dd} something else is agreed with {partner.Code}.", "$.from")
            { Kind = ProblemKind.Conflict };
        if (partner.Agreements.Count == Partner.MostAgreements)
            return new Problem("over-limit", $"{Partner.MostAgreements} agreements with one partner are the most.") { Kind = ProblemKind.Conflict };
        return partner with { Agreements = [.. partner.Agreements.Append(agreement).OrderBy(one => one.From)] };
    }

    /// <summary>A partner sees himself and nobody else.</summary>
    public static bool IsSeenBy(string code, Caller caller) => !caller.IsScoped || caller.Partner == code;
}
