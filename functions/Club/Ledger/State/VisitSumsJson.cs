using System.Text.Json;
using System.Text.Json.Serialization;
using Club.Kernel;

namespace Club.Ledger;

/// <summary>As it is stored, short: a row a month, <c>[month, spend, bills, items]</c>, and a row a day,
/// <c>[on, dealer, bills]</c>.</summary>
internal sealed class VisitSumsJson : JsonConverter<VisitSums>
{
    public override void Write(Utf8JsonWriter writer, VisitSums value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("counts", value.Counts);
        writer.WriteStartArray("months");
        foreach (var month in value.Months)
        {
            writer.WriteStartArray();
            JsonDay.Write(writer, month.Month);
            Hundredth.Write(writer, month.Spend.Fen);
            writer.WriteNumberValue(month.Bills);
            writer.WriteNumberValue(month.Items);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("days");
        foreach (var day in value.Days)
        {
            writer.WriteStartArray();
            JsonDay.Write(writer, day.On);
            writer.WriteStringValue(day.DealerId?.Value);
            writer.WriteNumberValue(day.Bills);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        if (value.By is not null) writer.WriteString("by", value.By);
        if (value.DueOn is { } due)
        {
            writer.WritePropertyName("dueOn");
            JsonDay.Write(writer, due);
        }
        if (value.IsClosed) writer.WriteBoolean("closed", true);
        if (value.Told is { } told) WriteTold(writer, told);
        writer.WriteEndObject();
    }

    private static void WriteTold(Utf8JsonWriter writer, ClassTold told)
    {
        writer.WriteStartArray("told");
        writer.WriteStringValue(told.Cell);
        writer.WriteStringValue(told.Home?.Value);
        Hundredth.Write(writer, told.Spend.Fen);
        JsonDay.Write(writer, told.Since);
        writer.WriteNumberValue(told.Number);
        writer.WriteEndArray();
    }

    public override VisitSums Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var (counts, months, days) = ("", new List<MonthSpend>(), new List<VisitDay>());
        var isClosed = false;
        string? by = null;
        DateOnly? due = null;
        ClassTold? told = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "counts":
                    counts = reader.GetString()!;
                    break;
                case "months":
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) months.Add(ReadMonth(ref reader));
                    break;
                case "days":
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) days.Add(ReadDay(ref reader));
                    break;
                case "by":
                    by = reader.GetString();
                    break;
                case "dueOn":
                    due = JsonDay.Read(ref reader);
                    break;
                case "closed":
                    isClosed = reader.GetBoolean();
                    break;
                case "told":
                    told = ReadTold(ref reader);
                    break;
                default:
                    throw new JsonException($"Visits have no member \"{name}\".");
            }
        }
        return new VisitSums(counts, months, days) { By = by, DueOn = due, IsClosed = isClosed, Told = told };
    }

    private static MonthSpend ReadMonth(ref Utf8JsonReader reader)
    {
        var month = Day(ref reader);
        reader.Read();
        var spend = new Money(Hundredth.Read(ref reader));
        var row = new MonthSpend(month, spend, Whole(ref reader), Whole(ref reader));
        reader.Read();
        return row;
    }

    private static VisitDay ReadDay(ref Utf8JsonReader reader)
    {
        var on = Day(ref reader);
        var row = new VisitDay(on, Dealer(ref reader), Whole(ref reader));
        reader.Read();
        return row;
    }

    private static ClassTold ReadTold(ref Utf8JsonReader reader)
    {
        reader.Read();
        var cell = reader.GetString();
        var home = Dealer(ref reader);
        reader.Read();
        var spend = new Money(Hundredth.Read(ref reader));
        var told = new ClassTold(cell, home, spend, Day(ref reader), Whole(ref reader));
        reader.Read();
        return told;
    }

    private static DateOnly Day(ref Utf8JsonReader reader)
    {
        reader.Read();
        return JsonDay.Read(ref reader) ?? throw new JsonException("A day is expected.");
    }

    private static DealerId? Dealer(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString() is { } dealer ? new DealerId(dealer) : null;
    }

    private static int Whole(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt32();
    }
}
