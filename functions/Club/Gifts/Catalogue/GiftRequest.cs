using System.Text.Json;
using System.Text.RegularExpressions;
using Club.Kernel;
using Club.Programmes;
using Club.Spending;

namespace Club.Gifts;

/// <summary>Reads a gift as somebody wants it to be.</summary>
public static partial class GiftRequest
{
    private const int MostMonths = 120;
    private const int MostHoldMinutes = 43_200;
    private const int MostCodes = 500;

    /// <summary>The author and the moment are the caller's to add.</summary>
    public static Outcome<Gift> Read(JsonFields body, string code)
    {
        if (!Codes().IsMatch(code))
            return new Problem("invalid-data", "code: 1 to 40 letters, digits, dots, dashes and underscores are expected, a letter or digit first.", "code");
        var kind = Word<GiftKind>(body, "kind");
        var gift = new Gift
        {
            Code = code,
            Name = body.Text("name", maximum: 128) ?? "",
            Description = body.Text("description", required: false),
            Category = body.Text("category", maximum: 64) ?? "",
            Kind = kind ?? default,
            From = body.Date("from") ?? default,
            To = body.Date("to", required: false),
            Wallet = body.Id<WalletCode>("wallet", required: false, maximum: 64),
            Price = body.Child("price") is { } price ? GiftCost.Read(price) ?? new GiftCost() : new GiftCost(),
            Tiers = TierPrices(body),
            For = Terms(body),
            PerMember = Limit(body),
            Collect = Word<Collect>(body, "collect", required: false) ?? Collect.None,
            At = [.. body.Texts("at").Distinct().Select(DealerId.Of)],
            ValidMonths = Between(body, "validMonths", 1, MostMonths),
            Party = Party(body),
            HoldMinutes = Between(body, "holdMinutes", 1, MostHoldMinutes),
            ChangedAt = default,
            Author = "",
        };
        if (gift.To < gift.From) body.Fail("to", $"{gift.To:yyyy-MM-dd} is before {gift.From:yyyy-MM-dd}");
        if (gift.Kind == GiftKind.Voucher && gift.Collect != Collect.None) body.Fail("collect", "a voucher is neither sent nor fetched: none is expected");
        if (gift.ValidMonths is not null && gift.Kind != GiftKind.Voucher) body.Fail("validMonths", "only vouchers lapse");
        if (gift.Party == Gift.OfDealer && gift.Collect != Collect.Dealer) body.Fail("party", "only what is fetched at a dealer is handed out by one");
        return body.Problem is { } problem ? problem : gift;
    }

    /// <summary>What of it the programme does not know.</summary>
    public static Problem? Unknown(Gift gift, Programme programme)
    {
        if (gift.Wallet is { } wallet && programme.Spending?.Find(wallet) is null)
            return Invalid("$.wallet", $"\"{wallet}\" is no wallet that can be spent{Nearest.Hint(wallet, Spendable(programme))}");
        var tiers = programme.Tiers.Select(tier => tier.Code.Value).ToArray();
        foreach (var (path, tier) in gift.Tiers.Keys.Select(tier => ("$.tiers", tier)).Concat(gift.For.Tiers.Select(tier => ("$.for.tiers", tier.Value))))
            if (!tiers.Contains(tier)) return Invalid(path, $"there is no tier \"{tier}\"{Nearest.Hint(tier, tiers)}");
        foreach (var (path, dealer) in gift.At.Select(dealer => ("$.at", dealer)).Concat(gift.For.Dealers.Select(dealer => ("$.for.dealers", dealer))))
            if (programme.Unknown(dealer, path) is { } unknown) return unknown;
        return null;
    }

    /// <summary>A word of a closed list.</summary>
    /// <param name="but">Those that are none here.</param>
    internal static T? Word<T>(JsonFields body, string name, bool required = true, params ReadOnlySpan<T> but) where T : struct, Enum
    {
        if (body.Text(name, required) is not { } word) return null;
        T[] values = [.. Enum.GetValues<T>().Except(but.ToArray())];
        string[] known = [.. values.Select(value => JsonNamingPolicy.CamelCase.ConvertName($"{value}"))];
        if (Array.IndexOf(known, word) is >= 0 and var at) return values[at];
        body.Fail(name, $"\"{Bounded.Text(word, 40)}\" is none of {string.Join(", ", known)}{Nearest.Hint(word, known)}");
        return null;
    }

    private static IEnumerable<string> Spendable(Programme programme) => programme.Spending?.Wallets.Select(one => one.Wallet.Value) ?? [];

    private static Problem Invalid(string path, string message) => new("invalid-data", Nearest.Ended($"{path}: {message}"), path);

    private static Dictionary<string, GiftCost> TierPrices(JsonFields body)
    {
        var prices = new Dictionary<string, GiftCost>(StringComparer.Ordinal);
        if (body.Child("tiers", required: false) is not { Json.ValueKind: JsonValueKind.Object } tiers) return prices;
        foreach (var tier in tiers.Json.EnumerateObject().Select(member => member.Name).Take(MostCodes))
            if (tiers.Child(tier) is { } price && GiftCost.Read(price) is { } cost) prices[tier] = cost;
        return prices;
    }

    private static GiftTerms Terms(JsonFields body)
    {
        if (body.Child("for", required: false) is not { } terms) return new GiftTerms([], []);
        return new GiftTerms([.. terms.Texts("tiers").Distinct().Select(TierCode.Of)], [.. terms.Texts("dealers").Distinct().Select(DealerId.Of)],
            Between(terms, "memberDays", 0, 36_500) ?? 0, Between(terms, "vehicles", 0, 100) ?? 0);
    }

    private static GiftLimit? Limit(JsonFields body)
    {
        if (body.Child("perMember", required: false) is not { } limit) return null;
        var count = limit.Whole("count");
        if (count is < 1 or > QuoteRequest.MostPieces) limit.Fail("count", $"a whole number from 1 to {QuoteRequest.MostPieces} is expected");
        return Word(limit, "per", required: true, but: CapPeriod.Transaction) is { } per ? new GiftLimit(count ?? 0, per) : null;
    }

    private static string Party(JsonFields body)
    {
        if (body.Text("party", required: false, maximum: 72) is not { } party) return Gift.Headquarters;
        if (party is Gift.Headquarters or Gift.OfDealer || party.StartsWith(Gift.OfPartner, StringComparison.Ordinal)
            && SpendingFields.IsPartnerCode(party[Gift.OfPartner.Length..]))
            return party;
        body.Fail("party", $"hq, dealer or {Gift.OfPartner} with the partner's code is expected");
        return Gift.Headquarters;
    }

    private static int? Between(JsonFields body, string name, int least, int most)
    {
        if (body.Whole(name, required: false) is not { } number) return null;
        if (number < least || number > most) body.Fail(name, $"a whole number from {least} to {most} is expected");
        return number;
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
    private static partial Regex Codes();
}
