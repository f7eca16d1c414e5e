using Club.Kernel;

namespace Club.Programmes;

/// <summary>Reads what limits awards and who pays for them.</summary>
internal static class FundingReader
{
    public static IReadOnlyList<StackingGroup> ReadGroups(JsonCursor place)
    {
        var codes = new UniqueCodes();
        var groups = new List<StackingGroup>();
        foreach (var item in place.Items())
        {
            if (!item.Has(ProgrammeFormat.Group)) continue;
            var code = item["code"].Code();
            codes.Add(item["code"], code);
            item["source"].Text();
            groups.Add(new StackingGroup(code ?? "", item["stacking"].Word(ProgrammeFormat.Words<Stacking>()) ?? default,
                ReadCaps(item["caps"])));
        }
        return groups;
    }

    public static IReadOnlyList<Cap> ReadCaps(JsonCursor place)
    {
        var caps = new List<Cap>();
        foreach (var item in place.Items())
        {
            if (!item.Has(ProgrammeFormat.Cap) || ReadCap(item) is not { } cap) continue;
            if (caps.Exists(other => other.Per == cap.Per)) item["per"].Error($"{item["per"].Shown} is there twice.");
            caps.Add(cap);
        }
        return caps;
    }

    public static IReadOnlyList<WalletCap> ReadWalletCaps(JsonCursor place, IReadOnlyList<Wallet> wallets)
    {
        var caps = new List<WalletCap>();
        foreach (var item in place.Items())
        {
            if (!item.Has(ProgrammeFormat.WalletCap) || ReadCap(item) is not { } cap) continue;
            var wallet = WalletReader.Find(item["wallet"], wallets);
            if (caps.Exists(other => other.Wallet == wallet && other.Cap.Per == cap.Per))
                item["per"].Error($"{item["per"].Shown} is there twice.");
            caps.Add(new WalletCap(wallet, cap));
        }
        return caps;
    }

    public static IReadOnlyList<Budget> ReadBudgets(JsonCursor place)
    {
        var codes = new UniqueCodes();
        var budgets = new List<Budget>();
        foreach (var item in place.Items())
        {
            if (!item.Has(ProgrammeFormat.Budget)) continue;
            var code = item["code"].Code();
            codes.Add(item["code"], code);
            item["source"].Text();
            budgets.Add(new Budget(code ?? "", item["name"].Text() ?? code ?? "", item["points"].Points() ?? Points.Zero));
        }
        return budgets;
    }

    public static IReadOnlyList<Funder> ReadFunders(JsonCursor place)
    {
        var codes = new UniqueCodes();
        var funders = new List<Funder>();
        foreach (var item in place.Items())
        {
            if (!item.Has(ProgrammeFormat.Funder)) continue;
            var code = item["code"].Code();
            codes.Add(item["code"], code);
            funders.Add(new Funder(code ?? "", item["name"].Text() ?? ""));
        }
        return funders;
    }

    public static IReadOnlyList<FundingShare> ReadShares(JsonCursor place, IReadOnlyList<Funder> funders)
    {
        var codes = new UniqueCodes();
        var shares = new List<FundingShare>();
        foreach (var item in place.Exists ? place.Items(least: 1) : [])
        {
            if (!item.Has(ProgrammeFormat.FundingShare)) continue;
            var funder = item["funder"].Text();
            codes.Add(item["funder"], funder);
            if (funder is not null && funders.All(known => known.Code != funder))
                item["funder"].Error(
                    $"there is no funder {item["funder"].Shown}{Nearest.Hint(funder, funders.Select(known => known.Code))}");
            shares.Add(new FundingShare(funder ?? "", item["percent"].NumberAbove(0, 100) ?? 0));
        }
        if (shares.Count > 0 && shares.Sum(share => share.Percent) is var sum and not 100)
            place.Error(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"sums to {sum} %, not to 100 %."));
        return shares;
    }

    private static Cap? ReadCap(JsonCursor item)
    {
        var (per, points) = (item["per"].Word(ProgrammeFormat.Words<CapPeriod>()), item["points"].Points());
        if (points is { IsZero: true }) item["points"].Error("0 gives nothing.");
        return per is null || points is null ? null : new Cap(per.Value, points.Value);
    }
}
