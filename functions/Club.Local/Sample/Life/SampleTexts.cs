using System.Globalization;
using System.Text.Json;
using Club.Kernel;

namespace Club.Local.Sample;

/// <summary>What the club is told of an act, as its sender writes it: a CloudEvent, the data of a form, a till's request. Pure.</summary>
internal static class SampleTexts
{
    /// <param name="zone">The brand's.</param>
    public static string Of(SampleAct act, TimeZoneInfo zone) => JsonSerializer.Serialize(act switch
    {
        SampleAct.Follows follows => Follows(follows),
        SampleAct.Registers registers => Registers(registers),
        SampleAct.Pays pays => Event(pays.Dealer, pays.Id, "recorded", Time(pays, zone), Pays(pays)),
        SampleAct.Returns returns => Event(returns.Of.Dealer, returns.Id, "reversed", Time(returns, zone),
            new { originalId = returns.Of.Id, reason = "退货", lines = returns.Line is { } line
                ? new object[] { new { lineId = line.Id, amount = Yuan(line.Fen) } } : null }),
        SampleAct.Confirms confirms => Event(confirms.Of.Dealer, confirms.Id, "confirmed", Time(confirms, zone),
            new { originalId = confirms.Of.Id, @event = confirms.Event }),
        SampleAct.Redeems redeems => new { bill = redeems.For.Id, percent = redeems.Percent, hold = redeems.IsHeld },
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    }, ClubJson.Options);

    private static object Follows(SampleAct.Follows act) =>
        new { act.Member.OpenId, act.Member.UnionId, dealerId = act.Member.Dealer.Value, source = "wechat" };

    private static object Registers(SampleAct.Registers act) => new
    {
        externalId = string.Create(CultureInfo.InvariantCulture, $"S-{act.Member.Number}"),
        act.Member.Source, act.Member.Name, act.Member.Phone, gender = act.Member.IsWoman ? "female" : "male",
        act.Member.Birthday, city = act.Member.City.Name, dealerId = act.Member.Dealer.Value, act.Member.Hobbies,
        vehicles = act.Cars.Select(car => new { car.Vin, model = car.Model.Name, car.PurchasedOn, car.Plate }),
        consents = new { sms = act.Member.SmsConsent }, act.Member.OpenId, act.Member.UnionId,
    };

    private static object Event(DealerId dealer, string id, string what, string time, object data) => new
    {
        specversion = "1.0", id, source = $"/dms/{dealer}", type = $"club.transaction.{what}", time, datacontenttype = "application/json", data,
    };

    private static object Pays(SampleAct.Pays act) => new
    {
        dealerId = act.Dealer.Value,
        member = new { phone = act.IsByVin ? null : act.Member.Phone, vin = act.IsByVin ? act.Car.Vin : null },
        holder = act.IsByVin ? new { act.Member.Phone } : null,
        channel = "shop", act.PaymentMethod, act.BookedDaysAhead, act.Campaign,
        vehicle = new { act.Car.Vin, act.Odometer },
        lines = act.Lines.Select(line => new
        {
            lineId = line.Id, line.Category, sku = line.Article, model = line.Category == "vehicle" ? act.Car.Model.Name : null, quantity = 1,
            amount = Yuan(line.Fen),
        }),
    };

    private static decimal Yuan(int fen) => fen / 100m;

    private static string Time(SampleAct act, TimeZoneInfo zone) => 
        new DateTimeOffset(act.At, zone.GetUtcOffset(act.At)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
