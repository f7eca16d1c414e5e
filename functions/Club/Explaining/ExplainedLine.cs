using Club.Earning;
using Club.Kernel;
using Club.Ledger;

namespace Club.Explaining;

/// <summary>A line of an entry as answers tell it: the facts, and their arithmetic in words.</summary>
public sealed record ExplainedLine(
    string? LineId, string? Category, Money? Amount, string? Rule, Points Points, Calculation? Calculation, string Arithmetic,
    IReadOnlyList<CapCut>? Cuts, IReadOnlyList<Funding>? Funding, string? Lot)
{
    public static IReadOnlyList<ExplainedLine> Of(IReadOnlyList<Explanation> lines) =>
    [
        .. lines.Select(line => new ExplainedLine(
            line.LineId, line.Category, line.Amount, line.Rule, line.Points, line.Calculation, line.In(Language.English), line.Cuts,
            line.Funding, line.Lot)),
    ];
}
