using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Programmes;

namespace Club.Joining;

/// <summary>Reads registration data (CONTRACT.md); whatever is wrong is a problem that names its JSON path.</summary>
public sealed class RegistrationReader(ClubCalendar calendar)
{
    private const int MaximumVehicles = 20;
    private const int MaximumHobbies = 30;
    private static readonly DateOnly EarliestBirthday = new(1900, 1, 1);

    public Outcome<Registration> Read(JsonFields data, string defaultSource, ProgrammeVersions rules)
    {
        var consents = data.Has("consents") ? data.Child("consents") : null;
        var registration = new Registration
        {
            Source = data.Text("source", required: false, maximum: 64) ?? defaultSource,
            ExternalId = data.Text("externalId", required: false, maximum: 128),
            Name = data.Text("name", required: false, maximum: 64),
            Phone = Phone(data),
            Gender = data.Text("gender", required: false, maximum: 16),
            Birthday = PastDate(data, "birthday"),
            City = data.Text("city", required: false, maximum: 64),
            DealerId = Dealer(data, rules),
            Hobbies = Hobbies(data),
            Vehicles = Vehicles(data),
            SmsConsent = consents?.Flag("sms"),
            ConsentedAt = consents?.Moment("smsAt", required: false),
            OpenId = Identity(data, "openId", IdentityKind.OpenId),
            UnionId = Identity(data, "unionId", IdentityKind.UnionId),
            ReferrerCard = Identity(data, "referrerCard", IdentityKind.Card),
        };
        if (data.Problem is null && registration.Phone is null && registration.OpenId is null)
            data.Fail("phone", "phone or openId is required", "missing-data");
        return data.Problem is { } problem ? problem : registration;
    }

    private static PhoneNumber? Phone(JsonFields data)
    {
        if (data.Text("phone", required: false, maximum: 64) is not { } text) return null;
        var phone = PhoneNumber.Parse(text);
        if (phone.Problem is not { } problem) return phone.Value;
        data.Fail("phone", problem.Message.TrimEnd('.'), problem.Code);
        return null;
    }

    private static string? Identity(JsonFields data, string name, IdentityKind kind)
    {
        if (data.Text(name, required: false, maximum: 128) is not { } text) return null;
        var identity = PersonIdentity.Parse(kind, text);
        if (identity.Succeeded) return identity.Value.Value;
        data.Fail(name, identity.Problem!.Message.TrimEnd('.'), identity.Problem.Code);
        return null;
    }

    private static DealerId? Dealer(JsonFields data, ProgrammeVersions rules)
    {
        if (data.Id<DealerId>("dealerId", required: false, maximum: 64) is not { } dealer) return null;
        if (rules.Current.KnowsDealer(dealer)) return dealer;
        data.Fail("dealerId", $"dealer \"{dealer}\" is unknown{Nearest.Hint(dealer, rules.Current.Dealers.Codes)}", "unknown-dealer");
        return null;
    }

    private DateOnly? PastDate(JsonFields data, string name)
    {
        if (data.Date(name, required: false) is not { } date) return null;
        if (date > calendar.Today) data.Fail(name, $"{date:yyyy-MM-dd} is in the future", "future-date");
        else if (date < EarliestBirthday)
            data.Fail(name, $"{date:yyyy-MM-dd} is before {EarliestBirthday:yyyy-MM-dd}", "date-out-of-range");
        return date;
    }

    private static string[] Hobbies(JsonFields data)
    {
        var hobbies = data.Texts("hobbies").Select(hobby => hobby.Trim()).Where(hobby => hobby.Length is > 0 and <= 64).Distinct()
            .ToArray();
        if (hobbies.Length > MaximumHobbies) data.Fail("hobbies", $"more than {MaximumHobbies} hobbies");
        return hobbies;
    }

    private List<Vehicle> Vehicles(JsonFields data)
    {
        var vehicles = new List<Vehicle>();
        foreach (var item in data.Children("vehicles", required: false))
        {
            if (vehicles.Count == MaximumVehicles) { data.Fail("vehicles", $"more than {MaximumVehicles} vehicles"); break; }
            var vehicle = new Vehicle(
                Identity(item, "vin", IdentityKind.Vin),
                item.Text("model", required: false, maximum: 64),
                PastDate(item, "purchasedOn"),
                Plate.Normalise(item.Text("plate", required: false, maximum: 16)));
            if (vehicle.Vin is not null && vehicles.Exists(other => other.Vin == vehicle.Vin)) continue;
            if (vehicle is not { Vin: null, Model: null, Plate: null }) vehicles.Add(vehicle);
        }
        return vehicles;
    }
}
