using System.Globalization;
using System.Text.Json;
using Club.Desk.Frame;
using Club.Identity;
using Club.Kernel;

namespace Club.Desk.Rooms.Rules;

public sealed record BillLine(string Category, string Amount, string Model, string Sku)
{
    public bool IsEmpty => Category.Length == 0 && Amount.Length == 0;
}

/// <summary>A bill as somebody types it, to be tried.</summary>
/// <param name="Time">As the field of a browser has it: local, without an offset.</param>
public sealed record Bill(string Book, string Customer, string Dealer, string Time, string Channel, string Payment, string Campaign,
    IReadOnlyList<BillLine> Lines)
{
    private const string LocalTime = "yyyy-MM-dd'T'HH:mm";
    private const int MostLines = 4;

    /// <summary>Nobody has it: the bill is priced as for a new member.</summary>
    private const string Nobody = "nobody-yet";

    public static Bill Empty(ClubCalendar calendar) => new("", "", "", calendar.Now.ToString(LocalTime, CultureInfo.InvariantCulture), "", "",
        "", [.. Enumerable.Repeat(new BillLine("", "", "", ""), MostLines)]);

    public static Bill Of(Form form) => new(form.Whole("book"), Text(form, "customer"), Text(form, "dealerId"), Text(form, "time"),
        Text(form, "channel"), Text(form, "paymentMethod"), Text(form, "campaign"),
        [.. Enumerable.Range(1, MostLines).Select(i => new BillLine(Text(form, $"category{i}"), Text(form, $"amount{i}"),
            Text(form, $"model{i}"), Text(form, $"sku{i}")))]);

    /// <summary>The event that its source system would send; null when an amount is no number.</summary>
    public byte[]? ToMessage(ClubCalendar calendar)
    {
        var lines = new List<object>();
        foreach (var (line, i) in Lines.Select((line, i) => (line, i)).Where(one => !one.line.IsEmpty))
        {
            if (Amounts.Of(line.Amount) is not { } amount) return null;
            lines.Add(new { lineId = $"{i + 1}", category = line.Category, amount, model = Or(line.Model), sku = Or(line.Sku) });
        }
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            specversion = "1.0", id = "console-preview", source = "/console", type = "club.transaction.recorded", time = At(calendar),
            data = new { dealerId = Or(Dealer), member = Member(), channel = Or(Channel), paymentMethod = Or(Payment),
                campaign = Or(Campaign), lines },
        }, ClubJson.Options);
    }

    private Dictionary<string, string> Member() => new()
    {
        [Customer.Length == 0 ? "openId" : Vin.Parse(Customer).Succeeded ? "vin" : CardNumber.Parse(Customer).Succeeded ? "cardNumber"
            : Customer[0] == 'M' ? "memberId" : "phone"] = Customer.Length == 0 ? Nobody : Customer,
    };

    /// <summary>What is no time is left as it stands, for the reader of events to name.</summary>
    private string At(ClubCalendar calendar) =>
        Time.Length == 0 ? Rfc(calendar.Now)
        : DateTime.TryParseExact(Time, [LocalTime, LocalTime + "':'ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && local.Year is > 1 and < 9999 ? Rfc(calendar.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local))) : Time;

    private static string Rfc(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    private static string Text(Form form, string name) => form.Text(name) ?? "";
    private static string? Or(string text) => text.Length == 0 ? null : text;
}
