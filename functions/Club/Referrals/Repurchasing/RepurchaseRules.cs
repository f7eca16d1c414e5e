using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;

namespace Club.Referrals;

/// <summary>Who is asked for another vehicle, and what becomes of it. Pure.</summary>
public static class RepurchaseRules
{
    /// <summary>Why it is lost: she said so, she left, the vehicle is not hers any more, what she bought went back.</summary>
    public const string Told = "told", Left = "left", Vehicle = "vehicle", Returned = "returned";

    /// <summary>The source under which rewards are booked.</summary>
    public const string Source = "/club/repurchase";

    public const string Category = "repurchase";

    private const int MostAtOnce = 20;

    /// <summary>The vehicles that are old enough by now and were not looked at, the oldest first; so many as fit into a commit.</summary>
    public static IReadOnlyList<Vehicle> Due(Profile member, RepurchaseTerms terms, DateOnly today)
    {
        var last = Months.LastOver(today, terms.VehicleMonths);
        return [.. member.Unlooked().Where(vehicle => vehicle.PurchasedOn <= last).OrderBy(vehicle => vehicle.PurchasedOn)
            .Take(MostAtOnce)];
    }

    public static bool IsMeant(RepurchaseTerms terms, string? valueClass) =>
        terms.ValueClasses.Count == 0 || valueClass is not null && terms.ValueClasses.Contains(valueClass);

    /// <summary>What was looked at in her class stands with her, so that she is found again for what is new only.</summary>
    public static Profile Looked(Profile member, IEnumerable<Vehicle> at) => member with
    {
        Looked = new RepurchaseLook(member.ValueClass,
            [.. member.Looked is { } before && before.Class == member.ValueClass ? before.Vins : [],
                .. at.Select(vehicle => vehicle.Vin!)]),
    };

    public static Repurchase Begin(Profile member, Vehicle vehicle, RepurchaseTerms terms, DateTimeOffset now, DateOnly today)
    {
        var until = today.AddMonths(terms.ValidMonths);
        return new Repurchase
        {
            Id = OwnedId.Of(member.MemberId, Repurchase.Document, vehicle.Vin), MemberId = member.MemberId, DealerId = member.DealerId,
            Vin = vehicle.Vin!, Model = vehicle.Model, PurchasedOn = vehicle.PurchasedOn!.Value, ValueClass = member.ValueClass,
            State = RepurchaseState.Open, At = now, Since = today, Until = until, On = today, ForgetOn = until.AddDays(1),
        };
    }

    /// <summary>An open one as it becomes by what she is now: her branch's, or lost.</summary>
    public static Repurchase Settled(Repurchase one, Profile member, DateTimeOffset now, DateOnly today, int keptDays)
    {
        if (one.State != RepurchaseState.Open) return one;
        // Whoever was not seen for long may be asked all the more.
        if (member.Status is not (MemberStatus.Member or MemberStatus.Lapsed)) return Lost(one, Left, now, today, keptDays);
        return member.Vehicles.Any(vehicle => vehicle.Vin == one.Vin && vehicle.Disputed is not true)
            ? one with { DealerId = member.DealerId } : Lost(one, Vehicle, now, today, keptDays);
    }

    /// <summary>Why nothing more can be said; null when it can.</summary>
    public static Problem? Over(Repurchase one, RepurchaseRequest said, string author, DateOnly today)
    {
        if (IsRepeat(one, said, author)) return null;
        if (one.State != RepurchaseState.Open || one.Steps.Count >= Repurchase.MostSteps)
            return new Problem("already-decided", $"Repurchase {one.Id} is not open any more.") { Kind = ProblemKind.Conflict };
        return said.NextOn is { } next && (next <= today || next > one.Until)
            ? new Problem("invalid-data", $"$.nextOn: {next:yyyy-MM-dd} is not a day from tomorrow to {one.Until:yyyy-MM-dd}.", "$.nextOn") : null;
    }

    /// <summary>A step that comes twice, as after an answer that was lost.</summary>
    public static bool IsRepeat(Repurchase one, RepurchaseRequest said, string author) => one.Steps is [.., var last]
        && last.Author == author && last.Note == said.Note && last.NextOn == said.NextOn && last.IsLost == said.IsLost;

    /// <param name="days">After how many days she is asked again.</param>
    /// <param name="keptDays">How long notes are kept.</param>
    public static Repurchase After(Repurchase one, RepurchaseRequest said, string author, DateTimeOffset now, DateOnly today, int days,
        int keptDays)
    {
        var told = one with { Steps = [.. one.Steps, new RepurchaseStep(now, author, said.Note, said.NextOn, said.IsLost)] };
        if (said.IsLost) return Lost(told, Told, now, today, keptDays);
        var next = said.NextOn ?? today.AddDays(days);
        return told with { On = next > one.Until ? one.Until : next };
    }

    /// <summary>Of those who were asked before a purchase, and in time, the owner of the oldest vehicle.</summary>
    public static IEnumerable<Repurchase> InTurn(IEnumerable<Repurchase> asked, Entry sale) => asked
        .Where(one => one.State is RepurchaseState.Open or RepurchaseState.Lapsed && one.At <= sale.At && sale.On <= one.Until)
        .OrderBy(one => one.PurchasedOn).ThenBy(one => one.Id, StringComparer.Ordinal);

    public static Repurchase Won(Repurchase one, Entry sale, InputLine vehicle, DateTimeOffset now, DateOnly today, int keptDays) =>
        Ended(one, RepurchaseState.Won, now, today, keptDays) with { Sale = sale.Id, SaleLine = vehicle.LineId };

    public static Repurchase Lost(Repurchase one, string reason, DateTimeOffset now, DateOnly today, int keptDays) =>
        Ended(one, RepurchaseState.Lost, now, today, keptDays) with { Reason = reason };

    /// <summary>What is left when its time is over, and then when its notes were kept long enough.</summary>
    public static Repurchase Forgotten(Repurchase one, DateTimeOffset now, DateOnly today, int keptDays) =>
        one.ForgetOn is not { } due || due > today ? one
        : one.State == RepurchaseState.Open ? Ended(one, RepurchaseState.Lapsed, now, today, keptDays)
        : one with { ForgetOn = null, Steps = [.. one.Steps.Select(step => step with { Note = "" })] };

    /// <summary>Her reward is what the rule book gives for a line <c>repurchase</c>: of the new vehicle's model and amount, on the day of
    /// the purchase.</summary>
    public static Transaction Reward(Repurchase won, Entry sale, InputLine vehicle) => new(
        Source, won.Id, sale.At, sale.On, sale.DealerId, null, null, null, null,
        [new TransactionLine("1", Category, null, vehicle.Model, 1, vehicle.Amount)]);

    private static Repurchase Ended(Repurchase one, RepurchaseState state, DateTimeOffset now, DateOnly today, int keptDays) =>
        one with { State = state, On = today, DecidedAt = now, ForgetOn = today.AddDays(keptDays) };
}
