using System.Globalization;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>Reads what points are good for.</summary>
internal sealed class SpendingReader(IReadOnlyList<Wallet> wallets, IReadOnlyList<Tier> tiers)
{
    private const int MostMinutes = 7 * 24 * 60;
    private const int MostDays = 3660;
    private const int MostTransfers = 10_000;

    /// <summary>In CNY. No programme's point is worth less or more; what is, has its decimal point in the wrong place.</summary>
    private const decimal LeastValue = 0.0001m;
    private const decimal MostValue = 1000;
    private const decimal MostFactor = 100;

    /// <summary>The periods of a limit. A transaction has its <see cref="BillMix"/>, and nobody's points are limited for good.</summary>
    private static readonly Dictionary<string, CapPeriod> Periods = ProgrammeFormat.Words<CapPeriod>()
        .Where(word => word.Value is CapPeriod.Day or CapPeriod.Month or CapPeriod.Year).ToDictionary(word => word.Key, word => word.Value);

    /// <returns>Null when there is none.</returns>
    public Spending? Read(JsonCursor place)
    {
        if (!place.Has(ProgrammeFormat.Spending)) return null;
        var step = ReadPositive(place["step"]) ?? new Points(1);
        var least = ReadPositive(place["least"]);
        if (least is { } fewest && fewest.Hundredths % step.Hundredths != 0)
            place["least"].Error($"{fewest} is not a multiple of the step {step}; the nearest is {NearestMultiple(fewest, step)}.");
        return new Spending(
            ReadValue(place["pointValue"]) ?? 0,
            least ?? step,
            step,
            ReadWallets(place["wallets"]),
            ReadBills(place["bills"]),
            place["holdMinutes"].Whole(1, MostMinutes) ?? 0,
            place["refundGraceDays"].Whole(0, MostDays) ?? 0)
        {
            PartnerFactor = place["partnerFactor"].NumberAbove(0, MostFactor) ?? 1,
            Limits = ReadLimits(place["limits"], least ?? step),
            Transfers = ReadTransfers(place["transfers"]),
            Causes = ReadCauses(place["causes"]),
            ApproveAbove = place["approveAbove"].Points(),
            Overdraft = ReadOverdraft(place["overdraft"]),
            Source = place["source"].Text(),
        };
    }

    private List<SpendingWallet> ReadWallets(JsonCursor place)
    {
        var codes = new UniqueCodes();
        var spendable = new List<SpendingWallet>();
        foreach (var item in place.Items(least: 1))
        {
            if (!item.Has(ProgrammeFormat.SpendingWallet)) continue;
            var code = WalletReader.Find(item["wallet"], wallets);
            if (item["wallet"].Exists) codes.Add(item["wallet"], code.Value);
            var at = item["at"].Word(ProgrammeFormat.Words<GoodAt>());
            if (at is not null) CheckScope(item["at"], at.Value, wallets.FirstOrDefault(wallet => wallet.Code == code));
            spendable.Add(new SpendingWallet(code, at ?? default, ReadValue(item["pointValue"])));
        }
        return spendable;
    }

    private static void CheckScope(JsonCursor place, GoodAt at, Wallet? wallet)
    {
        if (wallet is { Scope: WalletScope.Branch } && at != GoodAt.Issuer)
            place.Error($"the wallet \"{wallet.Code}\" has the scope \"branch\": only \"issuer\" goes with it.");
        if (wallet is { Scope: WalletScope.Club } && at == GoodAt.Issuer)
            place.Error($"the wallet \"{wallet.Code}\" has the scope \"club\": its points have no issuer; did you mean \"dealers\"?");
    }

    private static BillMix ReadBills(JsonCursor place)
    {
        if (!place.Has(ProgrammeFormat.Bills)) return BillMix.Any;
        var mix = new BillMix(place["leastShare"].Number(0, 1) ?? 0, place["mostShare"].Number(0, 1) ?? 1);
        if (mix.MostShare == 0) place["mostShare"].Error("0 lets nobody pay with points.");
        else if (mix.LeastShare > mix.MostShare)
            place["leastShare"].Error(string.Create(CultureInfo.InvariantCulture,
                $"{mix.LeastShare} is more than \"mostShare\", {mix.MostShare}."));
        return mix;
    }

    private static List<SpendingLimit> ReadLimits(JsonCursor place, Points least)
    {
        var limits = new List<SpendingLimit>();
        foreach (var item in place.Items())
        {
            if (!item.Has(ProgrammeFormat.SpendingLimit)) continue;
            var (per, points) = (item["per"].Word(Periods), item["points"].Points());
            if (points < least) item["points"].Error($"{points} is less than \"least\", {least}: nobody could spend anything.");
            if (per is null || points is null) continue;
            if (limits.Exists(other => other.Per == per)) item["per"].Error($"{item["per"].Shown} is there twice.");
            limits.Add(new SpendingLimit(per.Value, points.Value));
        }
        return limits;
    }

    private static TransferTerms? ReadTransfers(JsonCursor place)
    {
        if (!place.Has(ProgrammeFormat.Transfers)) return null;
        var (least, year) = (ReadPositive(place["least"]), place["pointsPerYear"].Points());
        if (year < least) place["pointsPerYear"].Error($"{year} is less than \"least\", {least}: nobody could transfer anything.");
        return new TransferTerms(least ?? Points.Zero, place["perYear"].Whole(1, MostTransfers), year,
            place["feePercent"].Number(0, 100) ?? 0);
    }

    private static List<DonationCause> ReadCauses(JsonCursor place)
    {
        var codes = new UniqueCodes();
        var causes = new List<DonationCause>();
        foreach (var item in place.Items())
        {
            if (!item.Has(ProgrammeFormat.Cause)) continue;
            var code = item["code"].Code();
            codes.Add(item["code"], code);
            causes.Add(new DonationCause(code ?? "", item["name"].Text() ?? ""));
        }
        return causes;
    }

    private OverdraftTerms? ReadOverdraft(JsonCursor place)
    {
        if (!place.Has(ProgrammeFormat.Overdraft)) return null;
        var codes = new UniqueCodes();
        var of = new List<TierOverdraft>();
        foreach (var item in place["tiers"].Items(least: 1))
        {
            if (!item.Has(ProgrammeFormat.TierOverdraft)) continue;
            var code = item["tier"].Text();
            codes.Add(item["tier"], code);
            if (code is not null && tiers.All(tier => tier.Code != code))
                item["tier"].Error($"there is no tier {item["tier"].Shown}{Nearest.Hint(code, tiers.Select(tier => tier.Code.Value))}");
            of.Add(new TierOverdraft(new TierCode(code ?? ""), ReadPositive(item["limit"]) ?? Points.Zero,
                item["days"].Whole(1, MostDays) ?? 0));
        }
        return new OverdraftTerms(of, place["atDeadline"].Word(ProgrammeFormat.Words<OverdraftEnd>()) ?? default);
    }

    /// <summary>What a point pays for, in CNY, with at most four decimals.</summary>
    private static decimal? ReadValue(JsonCursor place)
    {
        if (place.Number(LeastValue, MostValue) is not { } value) return null;
        if (decimal.Round(value, 4) != value) place.Error($"{place.Shown} has more than four decimals.");
        return value;
    }

    /// <returns>Null, with an error, when it is 0.</returns>
    private static Points? ReadPositive(JsonCursor place)
    {
        if (place.Points() is not { } points) return null;
        if (!points.IsZero) return points;
        place.Error("0 is no number of points to spend.");
        return null;
    }

    private static Points NearestMultiple(Points points, Points step) =>
        new(Math.Max(1, (points.Hundredths + (step.Hundredths / 2)) / step.Hundredths) * step.Hundredths);
}
