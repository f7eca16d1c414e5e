using Club.Kernel;

namespace Club.Ledger;

/// <summary>
/// The other side of an entry. All wallets and counter-accounts of the club together are zero at any time, so that whoever settles asks
/// only who gave and who took.
/// </summary>
/// <param name="Account"><c>funder:hq</c>, <c>cause:hope-school</c>, <c>partner:avis</c>, <see cref="Programme"/> or
/// <see cref="Breakage"/>.</param>
/// <param name="Points">Below zero for what it gave.</param>
public sealed record CounterLine(string Account, Points Points)
{
    /// <summary>Gives where the programme names no funders.</summary>
    public const string Programme = "programme";

    /// <summary>Takes what lapses.</summary>
    public const string Breakage = "breakage";

    /// <summary>Gives what members buy.</summary>
    public const string Cash = "cash";

    /// <summary>Where points are while they go from one member to another.</summary>
    public const string Transfer = "transfer";

    /// <summary>What members donate to.</summary>
    public static string OfCause(string code) => $"cause:{code}";

    public static string OfPartner(string code) => $"partner:{code}";

    public static string OfFunder(string funder) => $"funder:{funder}";

    /// <summary>Who pays for a return: those who paid for the points get back all that they gave for it, and what had lapsed before comes
    /// out of the breakage.</summary>
    /// <param name="taken">The points of the entry.</param>
    public static IReadOnlyList<CounterLine> OfReversal(IReadOnlyList<Explanation> lines, Points taken)
    {
        var funders = Of(lines);
        var lapsed = taken + funders.Sum(line => line.Points);
        return lapsed.IsZero ? funders : [.. funders, new CounterLine(Breakage, -lapsed)];
    }

    /// <summary>What the lines of an accrual or a reversal moved between the member and those who pay.</summary>
    public static IReadOnlyList<CounterLine> Of(IReadOnlyList<Explanation> lines)
    {
        var counter = new List<CounterLine>();
        foreach (var line in lines)
        {
            if (line.Points.IsZero) continue;
            if (line.Funding is not { Count: > 0 } funding) Add(Programme, -line.Points);
            else
                foreach (var (funder, points) in funding) Add(OfFunder(funder), -points);
        }
        return [.. counter.Where(line => !line.Points.IsZero)];

        void Add(string account, Points points)
        {
            var at = counter.FindIndex(line => line.Account == account);
            if (at < 0) counter.Add(new CounterLine(account, points));
            else counter[at] = new CounterLine(account, counter[at].Points + points);
        }
    }
}
