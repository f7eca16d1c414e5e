using System.Text.Json;
using System.Text.Json.Serialization;
using Club.Earning;
using Club.Kernel;

namespace Club.Ledger;

/// <summary>
/// A wallet as it is stored: what many lots have in common stands once, and each lot is a row, so that two years of daily lots stay small.
/// <c>{"code":"club","terms":[{"unitCost":1,"dealerId":"D021","payers":["hq"]}],"lots":[[id, remaining, earnedOn, lapsesOn, availableOn,
/// terms, …parts]]}</c>; the parts of the payers only where there are several.
/// </summary>
internal sealed class WalletStateJson : JsonConverter<WalletState>
{
    private sealed record Terms(decimal? UnitCost, DealerId? DealerId, string? Awaits, List<string> Payers)
    {
        public bool Fits(Lot lot)
        {
            if (lot.UnitCost != UnitCost || lot.DealerId != DealerId || lot.Awaits != Awaits || lot.Payers.Count != Payers.Count)
                return false;
            for (var i = 0; i < Payers.Count; i++)
                if (lot.Payers[i].Funder != Payers[i]) return false;
            return true;
        }

        public static Terms Of(Lot lot) => new(lot.UnitCost, lot.DealerId, lot.Awaits, [.. lot.Payers.Select(payer => payer.Funder)]);
    }

    public override void Write(Utf8JsonWriter writer, WalletState value, JsonSerializerOptions options)
    {
        var terms = new List<Terms>();
        var of = new int[value.Lots.Count];
        for (var i = 0; i < of.Length; i++)
        {
            var lot = value.Lots[i];
            of[i] = i > 0 && terms[of[i - 1]].Fits(lot) ? of[i - 1] : terms.FindIndex(known => known.Fits(lot));
            if (of[i] >= 0) continue;
            of[i] = terms.Count;
            terms.Add(Terms.Of(lot));
        }
        writer.WriteStartObject();
        writer.WriteString("code", value.Code);
        writer.WriteStartArray("terms");
        foreach (var one in terms) Write(writer, one);
        writer.WriteEndArray();
        writer.WriteStartArray("lots");
        for (var i = 0; i < of.Length; i++) Write(writer, value.Lots[i], of[i]);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Terms terms)
    {
        writer.WriteStartObject();
        if (terms.UnitCost is { } cost) writer.WriteNumber("unitCost", PlainNumberConverter.Plain(cost));
        if (terms.DealerId is { } dealer) writer.WriteString("dealerId", dealer);
        if (terms.Awaits is { } awaits) writer.WriteString("awaits", awaits);
        if (terms.Payers.Count > 0)
        {
            writer.WriteStartArray("payers");
            foreach (var payer in terms.Payers) writer.WriteStringValue(payer);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Lot lot, int terms)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(lot.Id);
        Hundredth.Write(writer, lot.Remaining.Hundredths);
        JsonDay.Write(writer, lot.EarnedOn);
        JsonDay.Write(writer, lot.LapsesOn);
        JsonDay.Write(writer, lot.AvailableOn);
        writer.WriteNumberValue(terms);
        if (lot.Payers.Count > 1)
            foreach (var payer in lot.Payers) Hundredth.Write(writer, payer.Points.Hundredths);
        writer.WriteEndArray();
    }

    public override WalletState Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var (code, terms, lots) = ("", new List<Terms>(), new List<Lot>());
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "code":
                    code = reader.GetString()!;
                    break;
                case "terms":
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) terms.Add(ReadTerms(ref reader));
                    break;
                case "lots":
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) lots.Add(ReadLot(ref reader, terms));
                    break;
                default:
                    throw new JsonException($"A wallet has no member \"{name}\".");
            }
        }
        return new WalletState(new WalletCode(code), lots);
    }

    private static Terms ReadTerms(ref Utf8JsonReader reader)
    {
        var terms = new Terms(null, null, null, []);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            terms = name switch
            {
                "unitCost" => terms with { UnitCost = reader.GetDecimal() },
                "dealerId" => terms with { DealerId = reader.GetString() is { } dealer ? new DealerId(dealer) : null },
                "awaits" => terms with { Awaits = reader.GetString() },
                "payers" => terms with { Payers = ReadPayers(ref reader) },
                _ => throw new JsonException($"The terms of lots have no member \"{name}\"."),
            };
        }
        return terms;
    }

    private static List<string> ReadPayers(ref Utf8JsonReader reader)
    {
        var payers = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) payers.Add(reader.GetString()!);
        return payers;
    }

    private static Lot ReadLot(ref Utf8JsonReader reader, List<Terms> known)
    {
        Next(ref reader);
        var id = reader.GetString()!;
        var remaining = NextPoints(ref reader);
        var earnedOn = NextDay(ref reader)!.Value;
        var (lapsesOn, availableOn) = (NextDay(ref reader), NextDay(ref reader));
        Next(ref reader);
        var terms = known[reader.GetInt32()];
        var payers = terms.Payers.Count == 0 ? [] : new Funding[terms.Payers.Count];
        for (var i = 0; i < payers.Length; i++)
            payers[i] = new Funding(terms.Payers[i], payers.Length == 1 ? remaining : NextPoints(ref reader));
        Next(ref reader);
        return new Lot(id, remaining, earnedOn, lapsesOn, availableOn, terms.Awaits) { UnitCost = terms.UnitCost, DealerId = terms.DealerId,
            Payers = payers };
    }

    private static void Next(ref Utf8JsonReader reader)
    {
        if (!reader.Read()) throw new JsonException("A lot has fewer columns than it should.");
    }

    private static Points NextPoints(ref Utf8JsonReader reader)
    {
        Next(ref reader);
        return new Points(Hundredth.Read(ref reader));
    }

    private static DateOnly? NextDay(ref Utf8JsonReader reader)
    {
        Next(ref reader);
        return JsonDay.Read(ref reader);
    }
}
