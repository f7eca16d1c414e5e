using Club.Kernel;

namespace Club.Programmes;

internal static class WalletReader
{
    private const int MostMonths = 1200;

    private static readonly Dictionary<ExpiryKind, string[]> MembersOf = new()
    {
        [ExpiryKind.RollingMonths] = ["months"],
        [ExpiryKind.FixedDate] = ["month", "day", "yearsAhead"],
        [ExpiryKind.Inactivity] = ["months"],
        [ExpiryKind.Never] = [],
    };

    public static IReadOnlyList<Wallet> Read(JsonCursor place)
    {
        var codes = new UniqueCodes();
        var wallets = new List<Wallet>();
        foreach (var item in place.Items(least: 1))
        {
            if (!item.Has(ProgrammeFormat.Wallet)) continue;
            var code = item["code"].Code();
            codes.Add(item["code"], code);
            wallets.Add(new Wallet(
                new WalletCode(code ?? ""),
                item["name"].Text() ?? "",
                item["scope"].Word(ProgrammeFormat.Words<WalletScope>()) ?? default,
                item["unit"].Text() ?? "",
                ReadExpiry(item["expiry"]),
                item["unitCost"].Number(0, 1_000_000) ?? 0,
                item["negativeBalance"].Word(ProgrammeFormat.Words<NegativeBalance>()) ?? default,
                item["source"].Text(),
                item["approveAbove"].Points()));
        }
        return wallets;
    }

    /// <summary>The wallet that is named, or the default one when none is.</summary>
    public static WalletCode Find(JsonCursor place, IReadOnlyList<Wallet> wallets)
    {
        if (!place.Exists) return wallets.Count > 0 ? wallets[0].Code : new WalletCode("");
        var code = place.Text();
        if (code is not null && wallets.Count > 0 && wallets.All(wallet => wallet.Code != code))
            place.Error($"there is no wallet {place.Shown}{Nearest.Hint(code, wallets.Select(wallet => wallet.Code.Value))}");
        return new WalletCode(code ?? "");
    }

    public static ExpiryPolicy ReadExpiry(JsonCursor place)
    {
        if (!place.Has(ProgrammeFormat.Expiry) || place["kind"].Word(ProgrammeFormat.Words<ExpiryKind>()) is not { } kind)
            return new ExpiryPolicy.Never();
        foreach (var member in ProgrammeFormat.Expiry.Optional)
        {
            var needed = MembersOf[kind].Contains(member);
            if (needed && !place[member].Exists) place[member].Error("is missing.");
            else if (!needed && place[member].Exists) place[member].Error($"does not go with {place["kind"].Shown}.");
        }
        return kind switch
        {
            ExpiryKind.RollingMonths => new ExpiryPolicy.RollingMonths(place["months"].Whole(1, MostMonths) ?? 0),
            ExpiryKind.FixedDate => ReadFixedDate(place),
            ExpiryKind.Inactivity => new ExpiryPolicy.Inactivity(place["months"].Whole(1, MostMonths) ?? 0),
            _ => new ExpiryPolicy.Never(),
        };
    }

    private static ExpiryPolicy.FixedDate ReadFixedDate(JsonCursor place)
    {
        var month = place["month"].Whole(1, 12);
        var day = place["day"].Whole(1, 31);
        if (month is not null && day > DateTime.DaysInMonth(2024, month.Value)) place["day"].Error($"{day} is not a day of month {month}.");
        return new ExpiryPolicy.FixedDate(month ?? 1, day ?? 1, place["yearsAhead"].Whole(0, 100) ?? 0);
    }
}
