using System.Text.Json;
using Club.Kernel;

namespace Club.Partners;

/// <summary>Reads who a partner is, and what is agreed with him.</summary>
public static class PartnerRequests
{
    /// <summary>A month of statements stays below what sums of money hold.</summary>
    private const decimal MostPrice = 10_000;
    private const decimal MostRate = 1_000_000;
    private const int Decimals = 6;

    private static readonly string[] Billings = [.. Enum.GetNames<Billing>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public static Outcome<string> ReadName(JsonFields body) => body.Text("name", maximum: 128) is { } name ? name : body.Problem!;

    public static Outcome<Agreement> ReadAgreement(JsonFields body)
    {
        var (from, to) = (body.Date("from"), body.Date("to"));
        var word = body.Text("billing");
        var billing = Array.IndexOf(Billings, word);
        if (word is not null && billing < 0)
            body.Fail("billing", $"\"{word}\" is none of {string.Join(", ", Billings)}{Nearest.Hint(word, Billings)}");
        var (price, redeems) = (Price(body, "pricePerPoint"), Price(body, "redeemsAt"));
        var exchange = body.Child("exchange", required: false) is { } rates ? new ExchangeTerms(Rate(rates, "in"), Rate(rates, "out")) : null;
        return body.Problem is { } problem ? problem
            : new Agreement(from!.Value, to!.Value, (Billing)billing, price!.Value, redeems!.Value, exchange);
    }

    private static decimal? Price(JsonFields body, string name) =>
        body.Number(name) is { } price ? Within(body, name, price, price >= 0, MostPrice) : null;

    private static decimal? Rate(JsonFields body, string name) =>
        body.Number(name, required: false) is { } rate ? Within(body, name, rate, rate > 0, MostRate) : null;

    private static decimal? Within(JsonFields body, string name, decimal value, bool isLargeEnough, decimal most)
    {
        if (isLargeEnough && value <= most && decimal.Round(value, Decimals) == value) return value;
        body.Fail(name, $"{value} is not from 0 to {most} with at most {Decimals} decimals{(value == 0 ? ", and more than 0" : "")}");
        return null;
    }
}
